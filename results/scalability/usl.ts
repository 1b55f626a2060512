import { type Estimate, halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { leastSquares } from '../statistics/least-squares.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import { geometricMeanOf, meanOf, sumOf } from '../statistics/summary.ts';

/** Throughput with a number of workers, in requests/s, above 0. */
export interface ThroughputAt {
  readonly workers: number;
  readonly perSecond: number;
}

/**
 * The Universal Scalability Law: X(N) = γN / (1 + α(N − 1) + βN(N − 1)) for N workers (N. J. Gunther, "A general theory of
 * computational scalability based on rational functions", 2008). Contention α is the share of the work that workers do
 * one at a time; coherency β is what each pair of workers costs, for which throughput falls again in the end.
 */
export interface UslCoefficients {
  /** γ in requests/s: the throughput of one worker. */
  readonly perWorker: number;
  /** α */
  readonly contention: number;
  /** β */
  readonly coherency: number;
}

/** A value and its 95 % confidence interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The law with an interval for each coefficient. */
export interface FittedUsl {
  readonly coefficients: UslCoefficients;
  readonly perWorker: Interval;
  readonly contention: Interval;
  readonly coherency: Interval;
  /** The number of workers with the highest throughput, √((1 − α)/β); null where β may be 0. */
  readonly peak: Interval | null;
}

/** Fewer numbers of workers fit the three coefficients without any check. */
export const fewestCounts = 4;

export const uslThroughput = (
  { perWorker, contention, coherency }: UslCoefficients,
  workers: number,
): number =>
  (perWorker * workers) / (1 + contention * (workers - 1) + coherency * workers * (workers - 1));

/**
 * The law with α, β ≥ 0 that is closest to the points, by least squares of relative errors: N/X(N) is linear in 1, N − 1
 * and N(N − 1), with the coefficients 1/γ, α/γ and β/γ.
 *
 * @param points with at least `fewestCounts` different numbers of workers
 */
export function fitUsl(points: readonly ThroughputAt[]): UslCoefficients {
  const free = fitUnbounded(points);
  if (free.contention >= 0 && free.coherency >= 0) return free;
  // The best fit with bounds lies on one of them.
  const bounded = [[0, 1], [0, 2], [0]].map((columns) => fitUnbounded(points, columns));
  const allowed = bounded.filter(({ contention, coherency }) => contention >= 0 && coherency >= 0);
  const errorOf = (one: UslCoefficients) =>
    sumOf(
      points.map(({ workers, perSecond }) => (1 - perSecond / uslThroughput(one, workers)) ** 2),
    );
  return allowed.reduce((one, other) => (errorOf(other) < errorOf(one) ? other : one));
}

/** @param columns of 1, N − 1 and N(N − 1); the coefficients of the others are 0 */
function fitUnbounded(points: readonly ThroughputAt[], columns = [0, 1, 2]): UslCoefficients {
  const rows = points.map(({ workers, perSecond }) => {
    const all = [1, workers - 1, workers * (workers - 1)];
    return columns.map((column) => ((all[column] ?? 0) * perSecond) / workers);
  });
  const found = leastSquares(
    rows,
    rows.map(() => 1),
  );
  const [inverse = 0, contention = 0, coherency = 0] = [0, 1, 2].map(
    (column) => found[columns.indexOf(column)] ?? 0,
  );
  return {
    perWorker: 1 / inverse,
    contention: contention / inverse,
    coherency: coherency / inverse,
  };
}

/**
 * The law of a run: the coefficients are those of the mean of all blocks; the intervals come from a fit of each block, by
 * Student's t. The fits of blocks have no bounds, because resampling fails where a coefficient is at its bound (D. W. K.
 * Andrews, "Inconsistency of the bootstrap when a parameter is on the boundary of the parameter space", 2000).
 *
 * @param blocks two or more, each with the same numbers of workers, at least `fewestCounts`
 */
export function fitUslOverBlocks(blocks: readonly (readonly ThroughputAt[])[]): FittedUsl {
  const counts = (blocks[0] ?? []).map(({ workers }) => workers);
  const coefficients = fitUsl(
    counts.map((workers, index) => ({
      workers,
      perSecond: geometricMeanOf(blocks.map((points) => points[index]?.perSecond ?? Number.NaN)),
    })),
  );
  const fits = blocks.map((points) => fitUnbounded(points));
  const intervalFor = (name: keyof UslCoefficients) =>
    intervalAround(coefficients[name], meanEstimate(fits.map((fit) => fit[name])));
  const coherency = intervalFor('coherency');
  return {
    coefficients,
    perWorker: intervalFor('perWorker'),
    contention: intervalFor('contention'),
    coherency,
    peak: coherency.low > 0 && coefficients.contention < 1 ? peakOf(coefficients, fits) : null,
  };
}

/** Never below 0; it contains the value, also where a bound has moved that away from the mean of the blocks. */
function intervalAround(value: number, estimate: Estimate): Interval {
  const reach = halfWidth(estimate, usualConfidence);
  return {
    value,
    low: Math.max(0, Math.min(value, estimate.value - reach)),
    high: Math.max(value, estimate.value + reach),
  };
}

/**
 * The interval of √(U/V) with U = 1 − α and V = β, whose means over blocks are correlated: all ratios r for which U − rV
 * may be 0 (E. C. Fieller, "Some problems in interval estimation", 1954).
 */
function peakOf(
  { contention, coherency }: UslCoefficients,
  fits: readonly UslCoefficients[],
): Interval {
  const us = fits.map((fit) => 1 - fit.contention);
  const vs = fits.map((fit) => fit.coherency);
  const [u, v] = [meanOf(us), meanOf(vs)];
  const freedom = fits.length - 1;
  const factor = studentTQuantile((1 + usualConfidence) / 2, freedom) ** 2;
  const product = (as: readonly number[], a: number, bs: readonly number[], b: number) =>
    a * b -
    (factor * sumOf(as.map((one, index) => (one - a) * ((bs[index] ?? 0) - b)))) /
      (freedom * fits.length);
  const square = product(vs, v, vs, v);
  const middle = product(us, u, vs, v) / square;
  const reach = Math.sqrt(Math.max(0, middle ** 2 - product(us, u, us, u) / square));
  const value = Math.sqrt((1 - contention) / coherency);
  return {
    value,
    low: Math.min(value, Math.sqrt(Math.max(0, middle - reach))),
    high: Math.max(value, Math.sqrt(middle + reach)),
  };
}
