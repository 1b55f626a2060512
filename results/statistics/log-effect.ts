import { meanOf, summarise } from './summary.ts';

/**
 * How many times A is B, as an estimate of ln(A/B) with the standard error that Student's t turns into intervals
 * and tests. Logarithms make "twice" and "half" the same distance, and make an effect that is a
 * percentage the same at every level.
 */
export interface LogEffect {
  /** Values on which it rests: blocks when paired, those of both samples when not. */
  readonly count: number;
  readonly logRatio: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** One quantity of two servers in the same block; both above 0. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** From ln(A/B) within each block: what drifts from block to block cancels. Needs two blocks. */
export function pairedLogEffect(pairs: readonly Pair[]): LogEffect | null {
  if (pairs.length < 2) return null;
  const { count, mean, standardDeviation } = summarise(pairs.map(({ a, b }) => Math.log(a / b)));
  return {
    count,
    logRatio: mean,
    standardError: standardDeviation / Math.sqrt(count),
    degreesOfFreedom: count - 1,
  };
}

/**
 * From two samples that share no blocks and need not have the same variance: B. L. Welch, "The generalization
 * of 'Student's' problem when several different population variances are involved", 1947. Needs two values each.
 */
export function unpairedLogEffect(as: readonly number[], bs: readonly number[]): LogEffect | null {
  if (as.length < 2 || bs.length < 2) return null;
  const parts = [as, bs].map((values) => {
    const { count, standardDeviation } = summarise(values.map(Math.log));
    return { freedom: count - 1, variance: standardDeviation ** 2 / count };
  });
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const inverseFreedom = parts.reduce(
    (sum, part) => sum + (part.variance / variance) ** 2 / part.freedom,
    0,
  );
  const count = as.length + bs.length;
  return {
    count,
    logRatio: meanOf(as.map(Math.log)) - meanOf(bs.map(Math.log)),
    standardError: Math.sqrt(variance),
    degreesOfFreedom: variance > 0 ? 1 / inverseFreedom : count - 2,
  };
}

/** The same effect seen from B: B/A. */
export function inverted(effect: LogEffect): LogEffect {
  return { ...effect, logRatio: -effect.logRatio };
}
