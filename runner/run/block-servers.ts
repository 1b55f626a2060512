import { DatabaseFailedError, InterruptedError, messageOf, RunError } from '../errors.ts';
import type { ConfiguredServer, PlannedTrial } from '../plan/plan.ts';
import type { LaunchedServer } from './launched-server.ts';

/** After so many launches that failed, a server is not started again: each may take until the launch times out. */
const launchesToGiveUp = 2;
/** A server that is busy for longer after its last request is started again. */
const longestRestMs = 2_000;

type Use = Pick<PlannedTrial, 'server' | 'purpose'>;

/**
 * The servers of the present block. Each is started once, and all workloads of the block are measured on it; a server
 * that failed under one is started again for the next. A control has a process of its own.
 */
export class BlockServers {
  readonly #launch: (server: ConfiguredServer) => Promise<LaunchedServer>;
  readonly #launches = new Map<string, Promise<LaunchedServer>>();
  /** Why launches of a server failed in this run, by its name. */
  readonly #failures = new Map<string, string[]>();

  constructor(launch: (server: ConfiguredServer) => Promise<LaunchedServer>) {
    this.#launch = launch;
  }

  /** Starts servers side by side. `serverFor` reports the failure of one. */
  async start(uses: readonly Use[]): Promise<void> {
    await Promise.allSettled(uses.map((use) => this.serverFor(use)));
  }

  /**
   * The server of a trial; it is started if it does not run.
   *
   * @throws LaunchError if it cannot be started; RunError if that failed twice before
   * @throws InterruptedError if the run is interrupted
   */
  serverFor(use: Use): Promise<LaunchedServer> {
    const key = keyOf(use);
    const launch = this.#launches.get(key) ?? this.#start(use.server);
    this.#launches.set(key, launch);
    return launch;
  }

  /** All servers that run. */
  async running(): Promise<LaunchedServer[]> {
    const launches = await Promise.allSettled(this.#launches.values());
    return launches.flatMap((launch) => (launch.status === 'fulfilled' ? launch.value : []));
  }

  /** Leaves the server of a trial to the next workload once it has come to rest, or stops it. */
  async release(use: Use): Promise<void> {
    const launched = await this.#launches.get(keyOf(use))?.catch(() => null);
    const isResting = await launched?.running.processes.comesToRest(longestRestMs);
    if (!isResting) await this.stop(use);
  }

  /** Stops the server of a trial, whatever became of it. */
  async stop(use: Use): Promise<void> {
    const key = keyOf(use);
    const launch = this.#launches.get(key);
    this.#launches.delete(key);
    await closeLaunch(launch);
  }

  /** Stops all servers, also after one that cannot be stopped. */
  async stopAll(): Promise<void> {
    const launches = [...this.#launches.values()];
    this.#launches.clear();
    const closed = await Promise.allSettled(launches.map(closeLaunch));
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
  }

  async #start(server: ConfiguredServer): Promise<LaunchedServer> {
    const failures = this.#failures.get(server.name) ?? [];
    this.#failures.set(server.name, failures);
    if (failures.length >= launchesToGiveUp) {
      throw new RunError(
        `not started again after ${failures.length} failed launches; the last: ${failures.at(-1)}`,
      );
    }
    try {
      return await this.#launch(server);
    } catch (error) {
      const isOfServer = !(
        error instanceof InterruptedError || error instanceof DatabaseFailedError
      );
      if (isOfServer) failures.push(messageOf(error));
      throw error;
    }
  }
}

const keyOf = ({ server, purpose }: Use): string => `${purpose} ${server.name}`;

/** A launch that failed has nothing to close. */
async function closeLaunch(launch: Promise<LaunchedServer> | undefined): Promise<void> {
  const launched = await launch?.catch(() => null);
  await launched?.close();
}
