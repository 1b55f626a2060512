import type {
  Measurement,
  Pilot,
  TracedRun,
  Trial,
  Warning,
} from '../../results/document/run-document.ts';
import { failedInCurve } from '../../results/gates/failed-in-curve.ts';
import { windowNameOf } from '../../results/select.ts';
import { InterruptedError, messageOf, OutsideFailure } from '../errors.ts';
import type { PlannedTrial } from '../plan/plan.ts';
import type { Idle } from '../probes/idle.ts';
import type { BlockServers } from './block-servers.ts';
import { type Capacity, measureCapacity } from './capacity.ts';
import type { RunContext } from './launched-server.ts';
import { measureClosedLoop } from './measure.ts';
import { runPilot } from './pilot.ts';
import { openSession, type Session } from './session.ts';
import { steadyDate } from './steady-date.ts';

/** A trial, and what it found out beside its measurements if it was a pilot. */
export interface TrialOutcome {
  readonly trial: Trial;
  readonly pilot: Pilot | null;
  /** Null for a server that does not trace. */
  readonly traces: TracedRun | null;
}

/** How and why a trial ended. An interrupt, or the loss of the database or a load worker, is no failure of the server. */
type Ending =
  | { readonly status: 'ok' }
  | { readonly status: 'failed' | 'skipped' | 'interrupted'; readonly reason: string };

/**
 * One trial: a server under one workload of a block, measured a window at a time. A server that fails gives a failed
 * trial, an interrupt an interrupted one, and the loss of the database or of a load worker a skipped one; each keeps the
 * measurements made until then.
 */
export class RunningTrial {
  readonly planned: PlannedTrial;
  readonly #servers: BlockServers;
  readonly #startedAt = steadyDate();
  readonly #sweep: Measurement[] = [];
  readonly #warnings: Warning[] = [];
  #curve: Measurement[] = [];
  #measurements: Measurement[] = [];
  #session: Session | null = null;
  #ending: Ending = { status: 'ok' };
  #pilot: Pilot | null = null;
  #traces: TracedRun | null = null;

  private constructor(planned: PlannedTrial, servers: BlockServers) {
    this.planned = planned;
    this.#servers = servers;
  }

  /** Takes its server of the block, and checks the answers. */
  static async start(
    context: RunContext,
    servers: BlockServers,
    planned: PlannedTrial,
  ): Promise<RunningTrial> {
    const trial = new RunningTrial(planned, servers);
    try {
      const launched = await servers.serverFor(planned);
      trial.#session = await openSession(context, launched, planned);
    } catch (error) {
      await trial.#endBy(error);
    }
    return trial;
  }

  /** The closed loop with the plan's connections; null before it was measured. */
  get closedLoop(): Measurement | null {
    return this.#measurements.find(({ loop }) => loop === 'closed') ?? null;
  }

  /** Adds a measurement, in place of an earlier one of the same window. */
  keep(measurement: Measurement): void {
    const window = windowNameOf(measurement);
    const others = this.#measurements.filter((earlier) => windowNameOf(earlier) !== window);
    this.#measurements = [...others, measurement];
  }

  /** @returns null if the trial is over, also because the work failed */
  async do<Result>(work: (session: Session) => Promise<Result>): Promise<Result | null> {
    const session = this.#session;
    if (!session) return null;
    try {
      return await session.during(work(session));
    } catch (error) {
      await this.#endBy(error);
      return null;
    }
  }

  /** Measures with fewer connections than the plan has. */
  async sweep(): Promise<void> {
    const { connections: steps = [], ...windows } = this.planned.sweep ?? {};
    await this.do(async (session) => {
      for (const connections of steps.filter((few) => few < session.plan.connections)) {
        this.#sweep.push(await measureClosedLoop(session, { connections, ...windows }));
      }
    });
  }

  /**
   * Finds out what later blocks and predictions need.
   *
   * @returns what the server can take, if that is wanted
   */
  async runPilot(idle: Idle | null, wantsCapacity: boolean): Promise<Capacity | null> {
    const closed = this.closedLoop;
    const open = this.#measurements.find(({ rate }) => rate === 'shared') ?? null;
    if (!closed) return null;
    const result = await this.do((session) => runPilot(session, closed, idle));
    this.#pilot = result?.pilot ?? null;
    this.#traces = result?.traces ?? null;
    return wantsCapacity
      ? this.#doMore('over many connections', (session) => measureCapacity(session, closed, open))
      : null;
  }

  /**
   * Measures a load of the curve, in place of an earlier measurement of it.
   *
   * @returns null if the trial is over, also because the server failed
   */
  async measureLoad(
    perSecond: number,
    work: (session: Session) => Promise<Measurement>,
  ): Promise<Measurement | null> {
    const where = `at ${perSecond.toLocaleString('en-US')} requests/s of the load curve`;
    const measurement = await this.#doMore(where, work);
    if (measurement) {
      const others = this.#curve.filter((one) => one.offeredPerSecond !== perSecond);
      this.#curve = [...others, measurement];
    }
    return measurement;
  }

  /**
   * Does what may be too much for a server. One that fails keeps what was measured before, with a warning.
   *
   * @param where for the warning: what the server was measured at
   */
  async #doMore<Result>(
    where: string,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result | null> {
    const session = this.#session;
    if (!session) return null;
    try {
      return await session.during(work(session));
    } catch (error) {
      const hasNumbers = this.#measurements.length + this.#curve.length > 0;
      await this.#endBy(error, hasNumbers || this.planned.curveOnly ? where : null);
      return null;
    }
  }

  /** Leaves the server to the next workload. */
  async end(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    if (session) await this.#servers.release(this.planned);
  }

  /**
   * What failed under one workload is not fit for the next: it gets a fresh server.
   *
   * @param where where the load curve failed, for a warning; null for a failure of the trial. A trial of the load curve
   * alone cannot fail: it would count as a failed block of a comparison that is decided.
   */
  async #endBy(
    error: unknown,
    where = this.planned.curveOnly ? 'before its load curve' : null,
  ): Promise<void> {
    const reason = messageOf(error);
    if (error instanceof InterruptedError) this.#ending = { status: 'interrupted', reason };
    else if (error instanceof OutsideFailure) this.#ending = { status: 'skipped', reason };
    else if (where !== null) this.#warnings.push(failedInCurve(where, reason));
    else this.#ending = { status: 'failed', reason };
    this.#session = null;
    await this.#servers.stop(this.planned);
  }

  /** Null if there was nothing to measure: all of the loads were more than the server takes. */
  outcome(): TrialOutcome | null {
    const measurements = this.#measurements;
    const facts = factsOf(this.planned, this.#startedAt);
    const curve = this.#curve;
    const isEmpty = this.#ending.status === 'ok' && measurements.length + curve.length === 0;
    if (isEmpty && this.planned.curveOnly && this.#warnings.length === 0) return null;
    const ending: Ending =
      isEmpty && !this.planned.curveOnly
        ? { status: 'failed', reason: 'no server answered anything, so that there is no rate' }
        : this.#ending;
    const warnings = this.#warnings;
    const trial: Trial = { ...facts, measurements, sweep: this.#sweep, curve, warnings, ...ending };
    return { trial, pilot: this.#pilot, traces: this.#traces };
  }
}

/**
 * The trial of a server that cannot run here: it is in the results with its reason, never left out. The user's own code
 * that does not work is a failure, because the user wants it measured.
 */
export function unavailableTrial(planned: PlannedTrial, reason: string): Trial {
  const status = planned.server.unavailable?.isFailure ? 'failed' : 'skipped';
  return { ...factsOf(planned, steadyDate()), status, reason };
}

function factsOf({ block, position, purpose, server, workload }: PlannedTrial, startedAt: Date) {
  return {
    block,
    position,
    purpose,
    server: server.name,
    workload: workload.name,
    startedAt: startedAt.toISOString(),
    wallSeconds: (steadyDate().getTime() - startedAt.getTime()) / 1000,
    measurements: [],
    sweep: [],
    curve: [],
    warnings: [],
  };
}
