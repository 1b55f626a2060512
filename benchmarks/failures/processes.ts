import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { listProc, readIfThere, readProc } from '../../runner/probes/proc.ts';

/** Who may get a signal. */
export type Target =
  | 'runner'
  | 'generator'
  | 'server'
  | 'worker'
  | 'database'
  | 'connection of the database';

const programs = {
  generator: () => 'load/main.ts',
  server: (model: string) => `servers/${model}/main.ts`,
  worker: (model: string) => `servers/${model}/main.ts`,
} as const;

/** The processes of a run that has all its files in one folder, in the order of their numbers. */
export function processesOf(folder: string): number[] {
  return listProc('')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => worksIn(folder, pid))
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The folder is in the environment of all processes but PostgreSQL's, which write over theirs, and work there. */
const worksIn = (folder: string, pid: string): boolean =>
  (readProc(`${pid}/environ`) ?? '').includes(`${folder}/`) || cwdOf(pid).startsWith(`${folder}/`);

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** The processes of a run at which a signal is aimed, most important first. */
export function pidsOf(
  target: Exclude<Target, 'runner'>,
  folders: { readonly base: string; readonly temporary: string },
  model: string,
): number[] {
  if (target === 'database') return databasePids(folders.temporary);
  const all = processesOf(folders.base).map((pid) => ({ pid, command: commandLineOf(pid) }));
  if (target === 'connection of the database') {
    return all
      .filter(({ command }) => command.startsWith('postgres: bench '))
      .map(({ pid }) => pid);
  }
  const pids = all
    .filter(({ command }) => /^\S*node /.test(command))
    .filter(({ command }) => command.includes(programs[target](model)))
    .map(({ pid }) => pid);
  // The workers of prefork run the program of their server, which starts first.
  return target === 'worker' ? pids.slice(1) : pids;
}

/** The folder that the database of a run has now; null if there is none. */
export const databaseFolder = (temporary: string): string | null => {
  const found = readdirSync(temporary).find((name) => name.startsWith('bench-postgres-'));
  return found === undefined ? null : join(temporary, found);
};

/** The first process of the database. initdb runs another, with a negative number. */
function databasePids(temporary: string): number[] {
  const folder = databaseFolder(temporary);
  const text = folder && readIfThere(join(folder, 'data/postmaster.pid'));
  const pid = Number.parseInt(text ?? '', 10);
  return pid > 0 ? [pid] : [];
}

export const commandLineOf = (pid: number): string =>
  (readProc(`${pid}/cmdline`) ?? '').replaceAll('\0', ' ');

/** The numbers of shared memory segments that no process uses, though nobody has removed them. */
export function unusedSharedMemory(): Set<string> {
  const [, ...lines] = readFileSync('/proc/sysvipc/shm', 'utf8').trim().split('\n');
  const segments = lines.map((line) => line.trim().split(/\s+/));
  const unused = segments.filter(([, , , , , , attached]) => attached === '0');
  return new Set(unused.flatMap(([, id]) => id ?? []));
}
