import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * Started as the leader of a new process group, with the read end of a pipe from the runner as descriptor 3.
 * It forks a watcher, twice over so that the watcher is no child of the server, and then becomes the program.
 * `read` returns when the pipe's other end closes, which the kernel sees to however the runner dies; the
 * watcher then kills the whole group, itself included. `$$` is the group's number, in subshells too.
 */
const script = `
(
  (
    trap '' HUP INT TERM
    cd /
    read -r nothing <&3
    kill -s KILL -- "-$$"
  ) </dev/null >/dev/null 2>&1 &
)
exec 3<&-
exec "$@"
`;

export interface Program {
  /** An absolute path. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly workingDirectory: string | undefined;
}

/** A process that cannot outlive this one. */
export interface WardedProcess {
  readonly process: ChildProcess;
  /** The program's own process, and the process group that it leads. */
  readonly pid: number;
  readonly output: readonly [Readable, Readable];
}

/** Starts a program in a process group of its own that dies with this process, even by SIGKILL. */
export async function spawnWarded(program: Program): Promise<WardedProcess> {
  const child = spawn('/bin/sh', ['-c', script, 'warden', program.path, ...program.arguments], {
    cwd: program.workingDirectory,
    env: program.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  const { pid, stdout, stderr, stdio } = child;
  if (pid === undefined || !stdout || !stderr) throw new Error(`cannot start ${program.path}`);
  // A group that dies first resets the pipe; that is no error of ours.
  stdio[3]?.on('error', () => undefined);
  return { process: child, pid, output: [stdout, stderr] };
}
