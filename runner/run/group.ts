import type { Disturbance, Measurement, Pilot } from '../../results/document/run-document.ts';
import type { PlannedGroup } from '../plan/plan.ts';
import { rateOf, sharedRate } from '../plan/trial-load.ts';
import { curveSeconds, openSeconds, type PlannedWindow } from '../plan/windows.ts';
import type { Idle } from '../probes/idle.ts';
import type { BlockServers } from './block-servers.ts';
import type { LoadCurves } from './load-curves.ts';
import { measureClosedLoop, measureOpenLoop, warmUp } from './measure.ts';
import type { Session } from './session.ts';
import type { TimeLimit } from './time-limit.ts';
import { RunningTrial, type TrialOutcome } from './trial.ts';
import { type TurnContext, takeTurns } from './turns.ts';

/** What the trials of a group share beyond the run. */
export interface GroupContext extends TurnContext {
  readonly servers: BlockServers;
  readonly pilots: readonly Pilot[];
  /** What each server used in the first block before any load. */
  readonly idle: ReadonlyMap<string, Idle>;
  readonly curves: LoadCurves;
  readonly limit: TimeLimit;
}

/** What a group found out. */
export interface GroupOutcome {
  readonly trials: readonly TrialOutcome[];
  readonly disturbances: readonly Disturbance[];
}

/**
 * Runs the trials of one workload in one block: measures its servers in turns. In a turn, each server has one window of
 * the same kind, while the others idle; compared windows are seconds apart, and noise that lasts longer affects them
 * alike. A turn in which other programs had the CPU is repeated as a whole.
 */
export async function runGroup(context: GroupContext, group: PlannedGroup): Promise<GroupOutcome> {
  const { servers, curves, limit } = context;
  const { name } = group.workload;
  const trials = await Promise.all(
    group.trials.map((planned) => RunningTrial.start(context, servers, planned)),
  );
  const compared = trials.filter(({ planned }) => !planned.curveOnly);
  const disturbances: Disturbance[] = [];
  if (compared.length > 0) {
    await limit.time(name, async () => {
      disturbances.push(...(await measureWindows(context, group, compared)));
    });
  }
  const loads = curves.next(name, group.block);
  if (loads.length > 0 && (group.isPilot || limit.allows(curveStep(name)))) {
    await limit.time(curveStep(name), async () => {
      disturbances.push(...(await measureCurve(context, group, trials, loads)));
    });
    curves.finishPart(name);
  }
  await Promise.all(trials.map((trial) => trial.end()));
  return { trials: trials.flatMap((trial) => trial.outcome() ?? []), disturbances };
}

/** The load curve of a workload, as a step of the time limit beside its windows. */
export const curveStep = (workload: string): string => `${workload}: load curve`;

/** The windows by which servers are compared and, in the first block, what later blocks and predictions need. */
async function measureWindows(
  context: GroupContext,
  group: PlannedGroup,
  trials: readonly RunningTrial[],
): Promise<Disturbance[]> {
  const { curves, idle } = context;
  const disturbances: Disturbance[] = [];
  for (const [index, planned] of group.windows.entries()) {
    if (index === 0 && planned.window !== 'closed') {
      for (const trial of trials) await trial.do((session) => warmUp(session));
    }
    const turn = {
      window: planned.window,
      trials,
      measure: (trial: RunningTrial) => measureWindow(context, group, trials, trial, planned),
    };
    disturbances.push(...(await takeTurns(context, group, turn)));
  }
  for (const trial of trials) await trial.sweep();
  for (const trial of trials.filter(({ planned }) => planned.purpose === 'comparison')) {
    if (!group.isPilot) break;
    const { name } = trial.planned.server;
    const capacity = await trial.runPilot(idle.get(name) ?? null, curves.isPlanned);
    if (capacity) curves.learn(group.workload.name, name, capacity);
  }
  return disturbances;
}

async function measureWindow(
  context: GroupContext,
  { workload }: PlannedGroup,
  trials: readonly RunningTrial[],
  trial: RunningTrial,
  planned: PlannedWindow,
): Promise<Measurement | null> {
  const hasPilots = context.pilots.some((pilot) => pilot.workload === workload.name);
  const pilots = hasPilots ? context.pilots : trials.flatMap(capacityOf);
  const sharedPerSecond = sharedRate(workload.name, pilots, context.plan.ratesPerSecond);
  const measurement = await trial.do((session) =>
    loadWindow(session, planned, sharedPerSecond, trial.closedLoop),
  );
  if (measurement) trial.keep(measurement);
  return measurement;
}

const capacityOf = ({ planned, closedLoop }: RunningTrial) =>
  closedLoop
    ? [{ workload: planned.workload.name, capacityPerSecond: closedLoop.throughputPerSecond }]
    : [];

/** @returns null where there is no rate: no server answered anything */
async function loadWindow(
  session: Session,
  { window, seconds }: PlannedWindow,
  sharedPerSecond: number | null,
  closed: Measurement | null,
): Promise<Measurement | null> {
  session.emit({ type: 'turn', server: session.server.name, window });
  if (window === 'closed') return measureClosedLoop(session, { windowSeconds: seconds });
  const { classes } = session.workload;
  const rate = rateOf(window, {
    sharedPerSecond,
    weights: classes.map(({ weight }) => weight),
    throughputPerSecond: closed?.throughputPerSecond ?? null,
  });
  const requested = window === 'alone' ? classes.slice(0, 1) : [...classes];
  if (rate === null) return null;
  const windowSeconds = openSeconds(rate.perSecond, seconds);
  return measureOpenLoop(session, rate, { windowSeconds, classes: requested });
}

/** Loads of the curve, each on all servers that take it. */
async function measureCurve(
  context: GroupContext,
  group: PlannedGroup,
  trials: readonly RunningTrial[],
  loads: readonly number[],
): Promise<Disturbance[]> {
  const { plan, curves } = context;
  const disturbances: Disturbance[] = [];
  for (const trial of trials.filter(({ planned }) => planned.curveOnly)) {
    await trial.do((session) => warmUp(session));
  }
  for (const perSecond of loads) {
    const windowSeconds = curveSeconds(perSecond, plan.durationSeconds);
    const turn = {
      window: 'curve' as const,
      offeredPerSecond: perSecond,
      trials: trials.filter(
        ({ planned: { server, purpose } }) =>
          purpose === 'comparison' && curves.takes(group.workload.name, server.name, perSecond),
      ),
      measure: (trial: RunningTrial) =>
        trial.measureLoad(perSecond, (session) => {
          session.emit({ type: 'turn', server: session.server.name, window: 'curve', perSecond });
          const fastestMs = curves.fastestMs(group.workload.name, trial.planned.server.name);
          return measureOpenLoop(
            session,
            { kind: 'shared', perSecond },
            { windowSeconds },
            fastestMs,
          );
        }),
    };
    if (turn.trials.length > 0) disturbances.push(...(await takeTurns(context, group, turn)));
  }
  return disturbances;
}
