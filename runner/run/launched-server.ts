import { exitInWords } from '../../servers/launch/diagnostics.ts';
import { InterruptedError, RunError } from '../errors.ts';
import type { RunGenerator } from '../load/warm-generator.ts';
import { processesOf } from '../machine/local-machine.ts';
import type { ServerMachine, StartedServer } from '../machine/server-machine.ts';
import type { ConfiguredServer, Plan } from '../plan/plan.ts';
import { withValues } from '../secrets.ts';
import type { RunListener } from './events.ts';
import type { RunDatabase, ServerDatabase } from './run-database.ts';

const backlog = 4096;

/** What all steps of a run share. */
export interface RunContext {
  readonly plan: Plan;
  /** The machine that the servers run on. */
  readonly machine: ServerMachine;
  /** Loads one server at a time. */
  readonly generator: RunGenerator;
  readonly database: RunDatabase;
  /** Aborted when the user or the system interrupts the run. */
  readonly signal: AbortSignal;
  readonly emit: RunListener;
}

/** A server that runs. */
export interface LaunchedServer {
  readonly server: ConfiguredServer;
  /** One that was running already has unknown processes. */
  readonly running: StartedServer;
  /** Null where nothing that it serves in this run needs a database. */
  readonly database: ServerDatabase | null;
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
  context: RunContext,
  server: ConfiguredServer,
): Promise<LaunchedServer> {
  const { generator, database: databases, signal, emit } = context;
  emit({ type: 'phase', phase: 'starting' });
  try {
    const database = server.url === undefined ? await databases.forServer(signal) : null;
    const running = await start(context, server, database?.environment ?? {});
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
      }
    };
    return { server, running, database, over: over.signal, during, close };
  } catch (error) {
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
  { plan, machine, signal }: RunContext,
  server: ConfiguredServer,
  ofDatabase: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const { url, workers, settings, readyPath } = server;
  const { insecure } = plan;
  if (url !== undefined) {
    const exited = new Promise<never>(() => {});
    const processes = processesOf(null, { read: () => [] });
    return {
      url,
      insecure,
      exited,
      processes,
      outputTail: async () => '',
      stop: async () => {},
    };
  }
  const { serverCpus: cpus } = plan.cpuLayout;
  // The path is sent, so it has the values of its variables.
  const sent =
    typeof readyPath === 'string' ? { ...server, readyPath: withValues(readyPath) } : server;
  return machine.launch(sent, {
    host: plan.serverAddress,
    workers,
    backlog,
    ...(cpus.length > 0 && { cpus }),
    insecure,
    environment: { ...settings?.environment, ...ofDatabase },
    signal,
  });
}

async function diesEarly(running: StartedServer): Promise<never> {
  const exit = await running.exited;
  const tail = (await running.outputTail()).trim();
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
