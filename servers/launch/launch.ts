import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exit, LaunchOptions, RunningServer, Server } from '../server.ts';
import { portIsFree } from './choose-port.ts';
import { diedAtBoot, neverReady, portTaken, saysPortTaken } from './launch-error.ts';
import { OutputTail } from './output-tail.ts';
import { killGroup, signalGroup } from './process-group.ts';
import { toProgram } from './program.ts';
import { readinessOf, waitUntilReady } from './readiness.ts';
import { urlOf } from './url.ts';
import { spawnWarded } from './warden.ts';

export { LaunchError } from './launch-error.ts';

export interface LaunchControls {
  /** How long a server may take until it is ready. */
  readonly readyWithinMs?: number;
  /** How long it may take to drain. */
  readonly graceMs?: number;
  /** Beside the wire contract's variables and the server's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gives a launch up; a server that runs already is stopped by `stop`. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a server and waits until it answers. Nothing of it outlives this process.
 * @throws LaunchError when it can't be started; the signal's reason when given up
 */
export async function launch(
  server: Server,
  options: LaunchOptions,
  { readyWithinMs = 20_000, graceMs = 5_000, environment, signal }: LaunchControls = {},
): Promise<RunningServer> {
  const { name } = server;
  const { host, port } = options;
  const program = toProgram(name, server.command(options), options, environment);
  if (!(await portIsFree(host, port))) throw portTaken(name, host, port);
  signal?.throwIfAborted();

  const { process: child, pid, output } = await spawnWarded(program);
  const tail = new OutputTail(...output);
  const outputTail = () => tail.toString();
  const exited = ended(child, pid);
  const stop = async () => {
    child.kill('SIGTERM');
    if (!(await settlesWithin(graceMs, exited))) signalGroup(pid, 'SIGKILL');
    await exited;
  };

  const url = urlOf(options);
  const readiness = readinessOf(url, server.readyPath);
  const timeLimit = AbortSignal.timeout(readyWithinMs);
  const settled = new AbortController();
  const signals = [timeLimit, settled.signal, ...(signal ? [signal] : [])];
  const death = exited.then((exit) => {
    throw saysPortTaken(exit, outputTail())
      ? portTaken(name, host, port, outputTail())
      : diedAtBoot(name, exit, outputTail());
  });
  try {
    await Promise.race([waitUntilReady(readiness, AbortSignal.any(signals)), death]);
    return { url, pid, exited, outputTail, stop };
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    if (error !== timeLimit.reason) throw error;
    throw neverReady(name, readiness.url, readyWithinMs, outputTail());
  } finally {
    settled.abort();
  }
}

/** Settles when the process has ended, its group is swept, and its last words are read. */
async function ended(child: ChildProcess, group: number): Promise<Exit> {
  const closed = once(child, 'close');
  await once(child, 'exit');
  await killGroup(group);
  // A process that left its group may hold the output open: it is not waited for.
  await settlesWithin(500, closed);
  return { code: child.exitCode, signal: child.signalCode };
}

/** Whether a promise settles before the time is up. */
async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const giveUp = new AbortController();
  const timeUp = delay(ms, false, { signal: giveUp.signal });
  try {
    return await Promise.race([promise.then(() => true), timeUp]);
  } finally {
    giveUp.abort();
  }
}
