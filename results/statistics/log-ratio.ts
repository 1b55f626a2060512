import { type Estimate, inErrors, meanDifference, meanEstimate } from './estimate.ts';
import { studentTUpperTail } from './student-t.ts';
import type { ByBlock } from './summary.ts';

/** A quantity above 0 of two servers in the same block. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** A ratio and its confidence interval. */
export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** B/A from A/B. */
export const inverseRatio = ({ ratio, low, high }: RatioInterval): RatioInterval => ({
  ratio: 1 / ratio,
  low: 1 / high,
  high: 1 / low,
});

/** The pairs of the blocks in which both have a value. */
export function pairedByBlock(as: ByBlock, bs: ByBlock): Pair[] {
  return [...as].flatMap(([block, a]) => {
    const b = bs.get(block);
    return b === undefined ? [] : [{ a, b }];
  });
}

export const usualConfidence = 0.95;

/**
 * ln(A/B) from pairs of one block each: drift from block to block cancels. Logarithms make "twice" and "half" the same
 * distance. Null with fewer than two blocks.
 */
export function pairedLogRatio(pairs: readonly Pair[]): Estimate | null {
  return pairs.length < 2 ? null : meanEstimate(pairs.map(({ a, b }) => Math.log(a / b)));
}

/** ln(A/B) from two independent samples. Null with fewer than two values in either. */
export function unpairedLogRatio(as: readonly number[], bs: readonly number[]): Estimate | null {
  if (as.length < 2 || bs.length < 2) return null;
  return meanDifference(as.map(Math.log), bs.map(Math.log));
}

/** The interval of ln(A/B), which reaches this far to either side, exponentiated. */
export const ratioInterval = ({ value }: Estimate, reach: number): RatioInterval => ({
  ratio: Math.exp(value),
  low: Math.exp(value - reach),
  high: Math.exp(value + reach),
});

/**
 * The larger p-value of two one-sided tests that the ratio lies within 1/(1 + margin) … 1 + margin (D. J. Schuirmann,
 * "A comparison of the two one-sided tests procedure and the power approach", 1987). A small one shows equivalence.
 */
export function equivalencePValue(logRatio: Estimate, margin: number): number {
  const room = Math.log1p(margin) - Math.abs(logRatio.value);
  return studentTUpperTail(inErrors(room, logRatio.standardError), logRatio.degreesOfFreedom);
}
