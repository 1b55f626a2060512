import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitInWords } from '../launch/diagnostics.ts';
import { choosePort } from '../launch/ports.ts';
import { spawnWarded } from '../launch/warden.ts';
import { waitUntilReady } from './connection.ts';
import { type Database, DatabaseError } from './database.ts';
import { findPostgres, postgresMissing } from './postgres-package.ts';

interface StartOptions {
  /** The most connections that it accepts. */
  readonly connections: number;
  /** The numbers of the CPUs that it may use; all if empty. Linux only. */
  readonly cpus?: readonly number[];
  /** Where its folder is made; in the system's folder for temporary files if left out. */
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

const host = '127.0.0.1';
const user = 'bench';
const readyWithinMs = 20_000;

/**
 * Makes a cluster in a new folder and becomes PostgreSQL. PostgreSQL refuses to run as root: then it runs as the user nobody,
 * who may not be able to read this package. Libraries ask for each other by short names (libicuuc.so.60 for
 * libicuuc.so.60.2), and npm packages contain no links.
 */
const script = `
set -eu
umask 077
folder=$FOLDER programs=$1
shift
mkdir "$folder" "$folder/links" "$folder/data"
printf %s "$PASSWORD" >"$folder/password"
if [ "$(id -u)" -eq 0 ]; then
  set -- setpriv --reuid="$(id -u nobody)" --regid="$(id -g nobody)" --clear-groups "$@"
  chown -R "$(id -u nobody):$(id -g nobody)" "$folder"
  if ! "$@" test -x "$programs/bin/postgres"; then
    (umask 022 && cp -R "$programs" "$folder/programs")
    programs=$folder/programs
  fi
fi
for file in "$programs"/lib/*.so.* "$programs"/lib/*.dylib; do
  name=\${file##*/} ending=
  case $name in *.dylib) name=\${name%.dylib} ending=.dylib ;; esac
  while shorter=\${name%.[0-9]*} && [ "$shorter" != "$name" ]; do
    name=$shorter
    ln -sf "$file" "$folder/links/$name$ending"
  done
done
libraries=$folder/links:$programs/lib
export LD_LIBRARY_PATH="$libraries" DYLD_LIBRARY_PATH="$libraries"
settings=$SETTINGS
unset FOLDER PASSWORD SETTINGS
"$@" "$programs/bin/initdb" --pgdata="$folder/data" --username=${user} --pwfile="$folder/password" \\
  --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-sync --no-instructions \\
  --set=dynamic_shared_memory_type=mmap >/dev/null
printf '%s\\n' "$settings" >>"$folder/data/postgresql.conf"
exec "$@" "$programs/bin/postgres" -D "$folder/data"
`;

/**
 * Ends PostgreSQL and removes what it leaves. At SIGQUIT its processes end at once and free their shared memory. If it was killed,
 * or initdb was interrupted, a few bytes of System V shared memory are left; their key is the inode of the data folder, which initdb
 * keeps because it did not make it.
 */
const farewell = `
kill -s QUIT -- "-$$"
tries=100
while kill -s 0 "$$" && [ -e "$FOLDER/data/postmaster.pid" ] && [ "$((tries -= 1))" -gt 0 ]; do
  sleep 0.05
done
inode=$(ls -di "$FOLDER/data")
[ -z "$inode" ] || ipcrm -M "$((\${inode%% /*} & 4294967295))"
tries=100
while [ -e "$FOLDER" ] && [ "$((tries -= 1))" -gt 0 ]; do rm -rf -- "$FOLDER" || sleep 0.05; done
`;

/** For a database that lives as long as a run and is measured in it; docs/crud.md explains them. */
const settings = (port: number, connections: number) => `
listen_addresses = '${host}'
port = ${port}
unix_socket_directories = ''
max_connections = ${connections}
superuser_reserved_connections = 0
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 1GB
checkpoint_timeout = 1d
autovacuum = off
io_method = sync
`;

/**
 * Starts the PostgreSQL that npm installed, in a temporary folder, and waits until it accepts connections. No process, folder
 * or shared memory of it outlives this process.
 * @throws DatabaseError if it cannot be started; the signal's reason if cancelled
 */
export async function startPostgres({
  connections,
  cpus,
  parent = tmpdir(),
  signal,
}: StartOptions): Promise<Database> {
  const programs = await requirePostgres();
  signal?.throwIfAborted();
  const port = await choosePort(host);
  const password = randomBytes(18).toString('base64url');
  const folder = join(parent, `bench-postgres-${randomBytes(6).toString('hex')}`);
  const pinning = cpus?.length ? ['taskset', '-c', cpus.join(',')] : [];
  const { pid, exited, outputTail, kill } = await spawnWarded({
    path: '/bin/sh',
    arguments: ['-c', script, 'postgres', programs, ...pinning],
    environment: {
      PATH: process.env['PATH'],
      FOLDER: folder,
      PASSWORD: password,
      SETTINGS: settings(port, connections),
    },
    workingDirectory: '/',
    farewell,
  });
  const stop = async () => {
    kill('SIGQUIT');
    await exited;
  };

  const url = `postgres://${user}:${password}@${host}:${port}/postgres`;
  const timeLimit = AbortSignal.timeout(readyWithinMs);
  const settled = new AbortController();
  const signals = [timeLimit, settled.signal, ...(signal ? [signal] : [])];
  const death = exited.then((exit) => {
    throw cannotStart(`it ${exitInWords(exit)}`, outputTail());
  });
  try {
    await Promise.race([waitUntilReady(url, AbortSignal.any(signals)), death]);
    return { url, pid, exited, outputTail, stop };
  } catch (error) {
    await stop();
    if (error !== timeLimit.reason) throw error;
    throw cannotStart(`not ready within ${readyWithinMs / 1000} s`, outputTail());
  } finally {
    settled.abort();
  }
}

async function requirePostgres(): Promise<string> {
  const folder = await findPostgres();
  if (folder !== null) return folder;
  const { reason, advice } = postgresMissing;
  throw new DatabaseError(`${reason}; ${advice}`);
}

function cannotStart(reason: string, output: string): DatabaseError {
  const indented = output.replaceAll(/^/gm, '  ');
  return new DatabaseError(
    `PostgreSQL could not be started: ${reason}${output && `. Its last output:\n${indented}`}`,
  );
}
