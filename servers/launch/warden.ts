import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exit, RunningServer } from '../server.ts';
import { keepOutputTail } from './diagnostics.ts';
import { killLaunch, launchMark } from './launched-processes.ts';
import { groupEnds } from './process-group.ts';

/**
 * Runs as the leader of a new process group, with the read end of a pipe from the runner as descriptor 3, and perhaps a
 * channel for messages as descriptor 4.
 * It forks a watcher, twice so that the watcher is no child of the server, and then becomes the program, with the mark
 * of the launch in its environment. `read` returns when the kernel closes the pipe's other end, however the runner dies.
 * The watcher then does what the program needs for a clean end, kills all processes with the mark, until none is left, and
 * at last the whole group, itself included. `$$` is the group's number, in subshells too. On systems without /proc, only the
 * group is killed.
 */
const script = `
mark="${launchMark}=$1" farewell=$2
shift 2
(
  (
    trap '' HUP INT QUIT TERM
    cd /
    exec 4<&-
    read -r nothing <&3
    PATH="$PATH:/usr/bin:/bin"
    eval "$farewell"
    tries=0
    while
      marked=$(grep -Flsxz "$mark" /proc/[0-9]*/environ)
      tries=$((tries + 1))
      [ -n "$marked" ] && [ "$tries" -le 1000 ]
    do
      for file in $marked; do
        pid="\${file#/proc/}"
        kill -s KILL "\${pid%/environ}"
      done
    done
    kill -s KILL -- "-$$"
  ) </dev/null >/dev/null 2>&1 &
)
exec 3<&-
export "$mark"
exec "$@"
`;

const outputReadWithinMs = 500;
const farewellWithinMs = 15_000;

export interface Program {
  /** An absolute path, or a name that is looked up in PATH. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly workingDirectory: string | undefined;
  /** Shell commands for the time when the program or its runner has ended: they end and remove what a kill would leave. */
  readonly farewell?: string;
}

/** A process that cannot outlive this one. */
export interface WardedProcess extends Pick<RunningServer, 'pid' | 'exited' | 'outputTail'> {
  /** Sends a signal to the program's own process. */
  readonly kill: (signal: NodeJS.Signals) => void;
}

/**
 * Starts a program that dies with this process, even by SIGKILL, together with all processes of its process group and,
 * on Linux, those that left it.
 */
export async function spawnWarded(program: Program): Promise<WardedProcess> {
  const { child, exited } = spawnInWarden(program, ['ignore', 'pipe', 'pipe', 'pipe']);
  await once(child, 'spawn');
  const { pid, stdout, stderr } = child;
  if (pid === undefined) throw new Error(`cannot start ${program.path}`);
  return {
    pid,
    exited,
    outputTail: keepOutputTail(stdout, stderr),
    kill: (signal) => void child.kill(signal),
  };
}

/** The same for a program of Node.js that exchanges messages with this process; its standard output is ignored. */
export function forkWarded(program: Program): { child: ChildProcess; exited: Promise<Exit> } {
  return spawnInWarden(program, ['ignore', 'ignore', 'pipe', 'pipe', 'ipc']);
}

/** The same for a program that exchanges text with this process, on its standard input and output. */
export function pipeWarded(program: Program) {
  const { child, exited } = spawnInWarden(program, ['pipe', 'pipe', 'pipe', 'pipe']);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('all streams of the program are pipes');
  return { stdin, stdout, stderr, kill: () => void child.kill('SIGKILL'), exited };
}

/** @returns `exited` rejects if the program cannot be started */
function spawnInWarden(program: Program, stdio: StdioOptions) {
  const mark = randomUUID();
  const { path, farewell = '' } = program;
  const words = ['-c', script, 'warden', mark, farewell, path, ...program.arguments];
  const child = spawn('/bin/sh', words, {
    cwd: program.workingDirectory,
    env: program.environment,
    detached: true,
    stdio,
    serialization: 'advanced', // messages may have bytes
  });
  // A process group that dies first resets the pipe, which is no error here.
  child.stdio[3]?.on('error', () => undefined);
  const exited = ended(child, mark, farewell !== '');
  exited.catch(() => undefined); // it may fail while nobody waits
  return { child, exited };
}

/** Resolves when the process has ended, all that it started is killed, and its output is read. */
async function ended(child: ChildProcess, mark: string, hasFarewell: boolean): Promise<Exit> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  await once(child, 'exit');
  const { pid: group } = child;
  if (group !== undefined) {
    if (hasFarewell) {
      child.stdio[3]?.destroy();
      await groupEnds(group, farewellWithinMs);
    }
    await killLaunch({ group, mark });
  }
  // Where processes that left the group are not found, one may hold the output open for ever.
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
