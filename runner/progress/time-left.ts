import { sumOf } from '../../results/statistics/summary.ts';

/** How far a run is, in seconds by the plan and by the clock. */
export interface Pace {
  /** What the plan says each trial takes, in order. */
  readonly plannedSeconds: readonly number[];
  readonly done: number;
  /** What the trials that are done took. */
  readonly doneSeconds: number;
  /** Since the last of them ended. */
  readonly currentSeconds: number;
  /** Of the budget; null for a run without one. */
  readonly budgetSecondsLeft: number | null;
}

/**
 * What is planned yet, as much faster or slower as the trials so far were than planned, and never more than the
 * budget. A run may end earlier, when its intervals are narrow enough.
 *
 * @returns seconds, 0 when all is done
 */
export function timeLeft(pace: Pace): number {
  const { plannedSeconds, done, doneSeconds, currentSeconds, budgetSecondsLeft } = pace;
  const plannedDone = sumOf(plannedSeconds.slice(0, done));
  const correction = plannedDone > 0 ? doneSeconds / plannedDone : 1;
  const left = correction * sumOf(plannedSeconds.slice(done)) - currentSeconds;
  return Math.max(0, Math.min(left, budgetSecondsLeft ?? left));
}
