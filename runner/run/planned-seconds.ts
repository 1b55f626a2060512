import {
  firstLookSeconds,
  overheadSecondsPerTrial,
  settleSeconds,
  sweepSeconds,
} from '../plan/budget.ts';
import type { Plan, PlannedTrial } from '../plan/plan.ts';
import { isPilot, isSwept } from './trial.ts';

/** What a trial takes by its plan: the first block has no open loops, and looks at more beside its window. */
export function plannedSeconds(plan: Plan, trial: PlannedTrial): number {
  const { warmupSeconds, durationSeconds, rates, sweep, predictions } = plan;
  const openLoops = trial.block === 0 ? 0 : rates.length;
  const look = predictions ? firstLookSeconds.withPredictions : firstLookSeconds.plain;
  return (
    overheadSecondsPerTrial +
    warmupSeconds +
    durationSeconds +
    openLoops * (settleSeconds(durationSeconds) + durationSeconds) +
    (isPilot(trial) ? look : 0) +
    (sweep && isSwept(trial) ? sweepSeconds(sweep) : 0)
  );
}
