import { halfWidth, linearTrend } from '../../results/statistics/estimate.ts';
import { meanOf } from '../../results/statistics/summary.ts';
import { RunError } from '../../runner/errors.ts';

/** How a quantity changed over a soak, beside its confidence interval. */
export interface Growth {
  readonly mean: number;
  /** From the first to the last value, by a straight line. */
  readonly change: number;
  readonly halfWidth: number;
  /** It grew by more than chance explains. */
  readonly isGrowth: boolean;
}

/** Neighbouring readings are alike; means of parts are less so. */
const parts = 10;
/** For some twenty quantities together, chance shows growth in 2.5 % of soaks. */
const confidence = 1 - 0.05 / 20;

/**
 * @param readings in equal steps of time; the first third, in which a program still warms up, is left out
 * @throws RunError for too few readings
 */
export function growthOf(readings: readonly number[]): Growth {
  const warm = readings.slice(Math.ceil(readings.length / 3));
  const size = Math.max(1, Math.floor(warm.length / parts));
  const means = Array.from({ length: Math.floor(warm.length / size) }, (_, part) =>
    meanOf(warm.slice(part * size, (part + 1) * size)),
  );
  if (means.length < 3) throw new RunError('too few readings: choose a longer --duration');
  const trend = linearTrend(means);
  const steps = means.length - 1;
  const half = halfWidth(trend, confidence) * steps;
  const change = trend.value * steps;
  return { mean: meanOf(warm), change, halfWidth: half, isGrowth: change - half > 0 };
}
