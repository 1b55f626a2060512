import type { Disturbance, Measurement } from '../../results/document/run-document.ts';
import type { machineOf } from '../../results/gates/gates.ts';
import { disturbanceOf } from '../../results/gates/noisy-host.ts';
import { mainWindow } from '../../results/verdicts/main-window.ts';
import type { PlannedGroup } from '../plan/plan.ts';
import type { RunContext } from './launched-server.ts';
import type { Patience } from './quiet.ts';
import type { RunningTrial } from './trial.ts';

/** What turns need beyond the run. */
export interface TurnContext extends RunContext {
  readonly patience: Patience;
  /** The machine of the servers. */
  readonly hostFacts: ReturnType<typeof machineOf>;
}

/** One window of the same kind on several servers, one after the other. */
export interface Turn extends Pick<Disturbance, 'window' | 'offeredPerSecond'> {
  readonly trials: readonly RunningTrial[];
  /** Measures one of them; null where nothing was measured. */
  readonly measure: (trial: RunningTrial) => Promise<Measurement | null>;
}

/** How often a turn is repeated: by the main window servers are compared, so it is worth more time. */
const mostRepeats = { main: 2, other: 1 };

/** Measures the window on every server, again while other programs disturb it and there is time. */
export async function takeTurns(
  context: TurnContext,
  { workload, block }: PlannedGroup,
  turn: Turn,
): Promise<Disturbance[]> {
  const { patience, signal, emit } = context;
  const { window, offeredPerSecond } = turn;
  const disturbances: Disturbance[] = [];
  const waitForQuiet = () => {
    emit({ type: 'phase', phase: 'waiting for other programs' });
    return patience.waitForQuiet(signal);
  };
  const most = window === mainWindow(workload) ? mostRepeats.main : mostRepeats.other;
  await waitForQuiet();
  for (let repeats = 0; ; repeats += 1) {
    const beganMs = performance.now();
    const reason = await takeTurn(context, turn);
    if (reason === null) return disturbances;
    const seconds = (performance.now() - beganMs) / 1000;
    const mayRepeat = repeats < most && seconds < patience.leftSeconds && !signal.aborted;
    const repeated = mayRepeat && (await waitForQuiet());
    const disturbance = {
      block,
      workload: workload.name,
      window,
      offeredPerSecond,
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
  { hostFacts }: TurnContext,
  { trials, measure }: Turn,
): Promise<string | null> {
  let disturbance: string | null = null;
  for (const trial of trials) {
    const measurement = await measure(trial);
    if (measurement) disturbance ??= disturbanceOf(measurement, hostFacts);
  }
  return disturbance;
}
