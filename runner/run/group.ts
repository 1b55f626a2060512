import type { Disturbance, Measurement, Pilot } from '../../results/document/run-document.ts';
import { disturbanceOf } from '../../results/gates/noisy-host.ts';
import type { PlannedGroup } from '../plan/plan.ts';
import { rateOf, sharedRate } from '../plan/trial-load.ts';
import type { PlannedWindow } from '../plan/windows.ts';
import type { BlockServers } from './block-servers.ts';
import type { RunContext } from './launched-server.ts';
import { measureClosedLoop, measureOpenLoop, warmUp } from './measure.ts';
import type { Patience } from './quiet.ts';
import type { Session } from './session.ts';
import { RunningTrial, type TrialOutcome } from './trial.ts';

/** What the trials of a group share beyond the run. */
export interface GroupContext extends RunContext {
  readonly servers: BlockServers;
  readonly pilots: readonly Pilot[];
  readonly patience: Patience;
  readonly cpusOnline: number;
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
  const disturbances: Disturbance[] = [];
  const trials = await Promise.all(
    group.trials.map((planned) => RunningTrial.start(context, context.servers, planned)),
  );
  for (const [index, window] of group.windows.entries()) {
    if (index === 0 && window.window !== 'closed') {
      for (const trial of trials) await trial.do((session) => warmUp(session));
    }
    disturbances.push(...(await takeTurns(context, group, trials, window)));
  }
  for (const trial of trials) await trial.sweep();
  for (const trial of trials.filter(({ planned }) => planned.purpose === 'comparison')) {
    if (group.isPilot) await trial.runPilot();
  }
  await Promise.all(trials.map((trial) => trial.end()));
  return { trials: trials.map((trial) => trial.outcome()), disturbances };
}

const mostRepeats = 2;

/** Measures one window of every server, again while other programs disturb it and there is time. */
async function takeTurns(
  context: GroupContext,
  group: PlannedGroup,
  trials: readonly RunningTrial[],
  planned: PlannedWindow,
): Promise<Disturbance[]> {
  const { patience, signal, emit } = context;
  const disturbances: Disturbance[] = [];
  const waitForQuiet = () => {
    emit({ type: 'phase', phase: 'waiting for other programs' });
    return patience.waitForQuiet(signal);
  };
  await waitForQuiet();
  for (let repeats = 0; ; repeats += 1) {
    const beganMs = performance.now();
    const reason = await takeTurn(context, group, trials, planned);
    if (reason === null) return disturbances;
    const seconds = (performance.now() - beganMs) / 1000;
    const mayRepeat = repeats < mostRepeats && seconds < patience.leftSeconds && !signal.aborted;
    const repeated = mayRepeat && (await waitForQuiet());
    const { workload, block } = group;
    const disturbance = {
      block,
      workload: workload.name,
      window: planned.window,
      reason,
      repeated,
    };
    disturbances.push(disturbance);
    emit({ type: 'disturbed', disturbance });
    if (!repeated) return disturbances;
    patience.spend(seconds);
  }
}

/** @returns what disturbed the turn; null if nothing did */
async function takeTurn(
  context: GroupContext,
  { workload }: PlannedGroup,
  trials: readonly RunningTrial[],
  window: PlannedWindow,
): Promise<string | null> {
  const hasPilots = context.pilots.some((pilot) => pilot.workload === workload.name);
  const pilots = hasPilots ? context.pilots : trials.flatMap(capacityOf);
  const sharedPerSecond = sharedRate(workload.name, pilots, context.plan.ratePerSecond);
  let disturbance: string | null = null;
  for (const trial of trials) {
    const measurement = await trial.do((session) =>
      measureWindow(session, window, sharedPerSecond, trial.closedLoop),
    );
    if (!measurement) continue;
    trial.keep(measurement);
    disturbance ??= disturbanceOf(measurement, context);
  }
  return disturbance;
}

const capacityOf = ({ planned, closedLoop }: RunningTrial) =>
  closedLoop
    ? [{ workload: planned.workload.name, capacityPerSecond: closedLoop.throughputPerSecond }]
    : [];

/** @returns null where there is no rate: no server answered anything */
async function measureWindow(
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
  return rate && measureOpenLoop(session, rate, { windowSeconds: seconds, classes: requested });
}
