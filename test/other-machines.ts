import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { choosePort } from '../servers/launch/ports.ts';

/** What stands for another machine in a test: processes there can be counted. */
export interface OtherMachine {
  /** For `--server-on`. */
  readonly prefix: string;
  /** The command lines of the processes there, by process. */
  processes(): ReadonlyMap<number, string>;
  remove(): void;
}

const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Why there can be no network namespaces here; null where there can be. */
export function noNamespaces(): string | null {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `bench-try-${randomBytes(3).toString('hex')}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return '`ip netns add` does not work';
  const works = spawnSync('ip', ['netns', 'exec', name, 'true']).status === 0;
  spawnSync('ip', ['netns', 'delete', name]);
  return works ? null : '`ip netns exec` does not work';
}

/** Two network namespaces with a cable between them, and no way out. */
export interface Namespaces extends OtherMachine {
  /** Starts a command beside the load generator. */
  readonly clientPrefix: readonly string[];
  readonly serverAddress: string;
}

export async function connectNamespaces(): Promise<Namespaces> {
  const id = randomBytes(3).toString('hex');
  const [client, server] = [`bench-c-${id}`, `bench-s-${id}`];
  const serverAddress = '198.18.0.2';
  for (const name of [client, server]) {
    run('ip', 'netns', 'add', name);
    run('ip', '-netns', name, 'link', 'set', 'lo', 'up');
  }
  const [one, other] = [`c${id}`, `s${id}`];
  run('ip', '-netns', client, 'link', 'add', one, 'type', 'veth', 'peer', other, 'netns', server);
  run('ip', '-netns', client, 'address', 'add', '198.18.0.1/30', 'dev', one);
  run('ip', '-netns', server, 'address', 'add', `${serverAddress}/30`, 'dev', other);
  run('ip', '-netns', client, 'link', 'set', one, 'up');
  run('ip', '-netns', server, 'link', 'set', other, 'up');
  // The system lists the addresses of a cable once it is in use.
  const isUp = () => run('ip', '-netns', server, 'link', 'show', other).includes('state UP');
  while (!isUp()) await delay(20);
  return {
    prefix: `ip netns exec ${server}`,
    clientPrefix: ['ip', 'netns', 'exec', client],
    serverAddress,
    processes: () => commandLines(run('ip', 'netns', 'pids', server).split('\n').map(Number)),
    remove() {
      for (const name of [client, server]) spawnSync('ip', ['netns', 'delete', name]);
    },
  };
}

const sshd = '/usr/sbin/sshd';

/** Why there can be no SSH server here; null where there can be. */
export function noSshServer(): string | null {
  if (process.platform !== 'linux') return 'its processes are counted in /proc';
  if (!existsSync(sshd)) return `${sshd} is not installed`;
  return spawnSync('ssh', ['-V']).status === 0 ? null : 'ssh is not installed';
}

/** An SSH server on the loopback address, with keys of its own; processes that it starts carry a mark. */
export async function startSshServer(): Promise<OtherMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ssh-'));
  const port = await choosePort();
  const mark = `BENCH_SSH_TEST=${randomUUID()}`;
  for (const key of ['host', 'user']) {
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key));
  }
  const userKey = readFileSync(join(folder, 'user.pub'), 'utf8');
  writeFileSync(join(folder, 'authorized'), userKey, { mode: 0o600 });
  const hostKey = readFileSync(join(folder, 'host.pub'), 'utf8');
  writeFileSync(join(folder, 'known'), `[127.0.0.1]:${port} ${hostKey}`);
  const write = (name: string, settings: Record<string, string | number>) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`);
    writeFileSync(join(folder, name), lines.join(''));
  };
  write('sshd_config', {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: join(folder, 'host'),
    AuthorizedKeysFile: join(folder, 'authorized'),
    PidFile: 'none',
    PermitRootLogin: 'prohibit-password',
    PasswordAuthentication: 'no',
    StrictModes: 'no', // the temporary folder may be writable by all
    UsePAM: 'no',
    SetEnv: mark,
  });
  write('ssh_config', {
    HostName: '127.0.0.1',
    Port: port,
    IdentityFile: join(folder, 'user'),
    IdentitiesOnly: 'yes',
    UserKnownHostsFile: join(folder, 'known'),
    BatchMode: 'yes',
  });
  if (process.getuid?.() === 0) run('mkdir', '-p', '/run/sshd');
  const server = spawn(sshd, ['-D', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' });
  while (!(await accepts(port))) await delay(20);
  return {
    prefix: `ssh -F ${join(folder, 'ssh_config')} bench-test`,
    processes: () =>
      commandLines(allProcesses().filter((pid) => environmentOf(pid).includes(mark))),
    remove() {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });
}

const allProcesses = (): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);

const environmentOf = (pid: number): string => readOf(pid, 'environ');

const readOf = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // ended
  }
};

const commandLines = (pids: readonly number[]): ReadonlyMap<number, string> =>
  new Map(
    pids
      .filter((pid) => pid > 0)
      .map((pid) => [pid, readOf(pid, 'cmdline').replaceAll('\0', ' ').trim()] as const),
  );

/** Waits for a process there whose command line has a text. */
export async function processThere(machine: OtherMachine, text: string): Promise<number> {
  for (;;) {
    const found = [...machine.processes()].find(([, line]) => line.includes(text));
    if (found) return found[0];
    await delay(20);
  }
}

/** The command lines of what is left there after a few seconds. */
export async function leftThere(machine: OtherMachine): Promise<string[]> {
  for (let attempt = 0; attempt < 200 && machine.processes().size > 0; attempt++) await delay(50);
  return [...machine.processes().values()];
}
