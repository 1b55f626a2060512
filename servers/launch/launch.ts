import type { LaunchOptions, RunningServer, Server } from '../server.ts';
import {
  certificateRefused,
  diedAtBoot,
  neverReady,
  pathMissing,
  portTaken,
} from './launch-error.ts';
import { portIsFree, urlOf } from './ports.ts';
import { signalGroup } from './process-group.ts';
import { toProgram } from './program.ts';
import { missingPathMs, readinessOf, waitUntilReady } from './readiness.ts';
import { settlesWithin, spawnWarded } from './warden.ts';

export { LaunchError } from './launch-error.ts';

export interface LaunchControls {
  /** How long the server may take to become ready. */
  readonly readyWithinMs?: number;
  /** How long the server may take to drain. */
  readonly graceMs?: number;
  /** Whether any certificate is accepted, if the server speaks HTTPS. */
  readonly insecure?: boolean;
  /** Variables in addition to the wire contract's and the server's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Cancels the launch; a server that is ready is stopped by `stop` instead. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a server and waits until it is ready. None of its processes outlives this one.
 * @throws LaunchError if the server cannot be started; the signal's reason if cancelled
 */
export async function launch(
  server: Pick<Server, 'name' | 'readyPath' | 'command'>,
  options: LaunchOptions,
  {
    readyWithinMs = 20_000,
    graceMs = 5_000,
    insecure = false,
    environment,
    signal,
  }: LaunchControls = {},
): Promise<RunningServer> {
  const { name } = server;
  const program = toProgram(name, server.command(options), options, environment);
  if (!(await portIsFree(options.host, options.port))) {
    throw portTaken(name, options.host, options.port);
  }
  signal?.throwIfAborted();

  const { pid, exited, outputTail, kill } = await spawnWarded(program);
  const stop = async () => {
    kill('SIGTERM');
    if (!(await settlesWithin(graceMs, exited))) signalGroup(pid, 'SIGKILL');
    await exited;
  };

  const readiness = readinessOf(urlOf(options), server.readyPath);
  const timeLimit = AbortSignal.timeout(readyWithinMs);
  const settled = new AbortController();
  const signals = [timeLimit, settled.signal, ...(signal ? [signal] : [])];
  const death = exited.then((exit) => {
    throw diedAtBoot(name, options, exit, outputTail());
  });
  let lastAttempt = 'no answer';
  const note = (attempt: string) => (lastAttempt = attempt);
  try {
    const found = await Promise.race([
      waitUntilReady(readiness, { signal: AbortSignal.any(signals), insecure, note }),
      death,
    ]);
    if (found.certificate) throw certificateRefused(name, found.url, found.certificate);
    if (found.isPathMissing) throw pathMissing(name, found.url, missingPathMs, outputTail());
    return { url: new URL(found.url).origin, pid, exited, outputTail, stop };
  } catch (error) {
    kill('SIGKILL');
    await exited;
    if (error !== timeLimit.reason) throw error;
    const facts = { limitMs: readyWithinMs, lastAttempt, output: outputTail() };
    throw neverReady(name, readiness.url, facts);
  } finally {
    settled.abort();
  }
}
