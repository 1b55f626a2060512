import { sumOf } from '../../results/statistics/summary.ts';

/** How far a run is, in seconds by the plan and by the clock. */
export interface Pace {
  /** What the plan says each trial takes, in order. */
  readonly plannedSeconds: readonly number[];
  readonly done: number;
  /** Seconds that the finished trials took. */
  readonly doneSeconds: number;
  /** Seconds since the last trial ended. */
  readonly currentSeconds: number;
  /** Seconds left of the time budget; null without one. */
  readonly budgetSecondsLeft: number | null;
}

/**
 * How long the rest of the plan takes: corrected by how much faster or slower than planned the trials so far were, and
 * never more than the budget. A run may end earlier, when its intervals are narrow enough.
 *
 * @returns seconds, 0 when all is done
 */
export function timeLeft(pace: Pace): number {
  const { plannedSeconds, done, doneSeconds, currentSeconds, budgetSecondsLeft } = pace;
  const plannedDone = sumOf(plannedSeconds.slice(0, done));
  const correction = plannedDone > 0 ? doneSeconds / plannedDone : 1;
  const [current = 0, ...later] = plannedSeconds.slice(done).map((seconds) => correction * seconds);
  const left = Math.max(0, current - currentSeconds) + sumOf(later);
  return Math.max(0, Math.min(left, budgetSecondsLeft ?? left));
}
