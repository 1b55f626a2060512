import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exit, RunningServer } from '../server.ts';
import { keepOutputTail } from './diagnostics.ts';
import { killGroup } from './process-group.ts';

/**
 * Runs as the leader of a new process group, with the read end of a pipe from the runner as descriptor 3.
 * It forks a watcher, twice so that the watcher is no child of the server, and then becomes the program.
 * `read` returns when the kernel closes the pipe's other end, however the runner dies; the watcher then kills
 * the whole group, itself included. `$$` is the group's number, in subshells too.
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

const outputReadWithinMs = 500;

export interface Program {
  /** An absolute path. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly workingDirectory: string | undefined;
}

/** A process that cannot outlive this one. */
export interface WardedProcess extends Pick<RunningServer, 'pid' | 'exited' | 'outputTail'> {
  /** Sends a signal to the program's own process. */
  readonly kill: (signal: NodeJS.Signals) => void;
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
  if (pid === undefined) throw new Error(`cannot start ${program.path}`);
  // A process group that dies first resets the pipe, which is no error here.
  stdio[3]?.on('error', () => undefined);
  return {
    pid,
    exited: ended(child, pid),
    outputTail: keepOutputTail(stdout, stderr),
    kill: (signal) => void child.kill(signal),
  };
}

/** Resolves when the process has ended, its group is killed, and its output is read. */
async function ended(child: ChildProcess, group: number): Promise<Exit> {
  const closed = once(child, 'close');
  await once(child, 'exit');
  await killGroup(group);
  // A process that left the group may hold the output open for ever.
  await settlesWithin(outputReadWithinMs, closed);
  return { code: child.exitCode, signal: child.signalCode };
}

/** Whether a promise settles within a time. */
export async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const giveUp = new AbortController();
  const timeUp = delay(ms, false, { signal: giveUp.signal });
  try {
    return await Promise.race([promise.then(() => true), timeUp]);
  } finally {
    giveUp.abort();
  }
}
