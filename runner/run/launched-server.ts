import { exitInWords } from '../../servers/launch/diagnostics.ts';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import type { RunningServer } from '../../servers/server.ts';
import { InterruptedError, RunError } from '../errors.ts';
import type { WarmGenerator } from '../load/warm-generator.ts';
import type { ConfiguredServer, Plan } from '../plan/plan.ts';
import { type LoopDelayLog, openLoopDelayLog } from '../probes/event-loop-delay.ts';
import { withValues } from '../secrets.ts';
import type { RunListener } from './events.ts';
import type { RunDatabase, ServerDatabase } from './run-database.ts';

const host = '127.0.0.1';
const backlog = 4096;

/** What all steps of a run share. */
export interface RunContext {
  readonly plan: Plan;
  /** Loads one server at a time. */
  readonly generator: WarmGenerator;
  readonly database: RunDatabase;
  /** Aborted when the user or the system interrupts the run. */
  readonly signal: AbortSignal;
  readonly emit: RunListener;
}

/** A server to load: one that the run started, or one that was running already, whose process is unknown. */
type Target = Omit<RunningServer, 'pid'> & {
  readonly pid: number | null;
  /** As in `Recipient`. */
  readonly insecure: boolean;
};

/** A server that runs. */
export interface LaunchedServer {
  readonly server: ConfiguredServer;
  readonly running: Target;
  /** Null where nothing that it serves in this run needs a database. */
  readonly database: ServerDatabase | null;
  /** Where the server's event loops report their delays. */
  readonly loopDelays: LoopDelayLog;
  /** Aborted once the server is not to be loaded any more. */
  readonly over: AbortSignal;
  /**
   * Waits for work with the server. After a failure, what is left of the work must not load anything: it checks `over`.
   *
   * @throws RunError if the server dies meanwhile
   * @throws InterruptedError if the run is interrupted meanwhile
   */
  readonly during: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Stops the server. One that ran already is left running. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws LaunchError if the server cannot be started
 * @throws InterruptedError if the run is interrupted
 */
export async function launchServer(
  { plan, generator, database: databases, signal, emit }: RunContext,
  server: ConfiguredServer,
): Promise<LaunchedServer> {
  emit({ type: 'phase', phase: 'starting' });
  const loopDelays = openLoopDelayLog();
  try {
    const database = server.url === undefined ? await databases.forServer(signal) : null;
    const environment = { ...loopDelays.environment, ...database?.environment };
    const running = await start(server, plan, environment, signal);
    const over = new AbortController();
    const failure = Promise.race([diesEarly(running), abortOf(signal, over.signal)]);
    failure.catch(() => {}); // it may fail while nobody waits
    const during = <Result>(work: Promise<Result>) =>
      Promise.race([work, failure]).catch(async (error: unknown) => {
        over.abort(new RunError('the server is no longer measured'));
        await generator.recover();
        return throwInterrupt(signal)(error);
      });
    const close = async () => {
      over.abort(new RunError('the server was stopped'));
      try {
        await running.stop();
      } finally {
        await database?.drop();
        loopDelays.remove();
      }
    };
    return { server, running, database, loopDelays, over: over.signal, during, close };
  } catch (error) {
    loopDelays.remove();
    return throwInterrupt(signal)(error);
  }
}

/** Whatever fails during an interrupt, fails because of it. */
const throwInterrupt =
  (signal: AbortSignal) =>
  (error: unknown): never => {
    throw signal.aborted ? new InterruptedError('the run was interrupted') : error;
  };

async function start(
  server: ConfiguredServer,
  { cpuLayout, insecure }: Plan,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Target> {
  const { url, workers, settings } = server;
  if (url !== undefined) {
    const never = new Promise<never>(() => {});
    return { url, insecure, pid: null, exited: never, outputTail: () => '', stop: async () => {} };
  }
  const options = { host, port: await choosePort(host), workers, backlog };
  const { readyPath } = server;
  // The path is sent, so it has the values of its variables.
  const sent =
    typeof readyPath === 'string' ? { ...server, readyPath: withValues(readyPath) } : server;
  const cpus = cpuLayout.serverCpus;
  const running = await launch(sent, cpus.length > 0 ? { ...options, cpus } : options, {
    signal,
    insecure,
    environment: { ...settings?.environment, ...environment },
  });
  return { ...running, insecure };
}

async function diesEarly(running: Target): Promise<never> {
  const exit = await running.exited;
  const tail = running.outputTail().trim();
  throw new RunError(
    `the server ${exitInWords(exit)} after it was ready${tail && `; its last output:\n${tail}`}`,
  );
}

/** Rejects when the signal is aborted, until the session is over. */
function abortOf(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new InterruptedError('the run was interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true, signal: over });
  });
}
