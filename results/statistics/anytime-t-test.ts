import { type Estimate, inErrors } from './estimate.ts';
import { meanOf } from './summary.ts';

/**
 * The anytime-valid t-test of a mean against 0. Its evidence and intervals hold however often one looks, and whatever
 * decides when to stop (T. L. Lai, "On confidence sequences", 1976; P. Grünwald, R. de Heide and W. Koolen, "Safe
 * testing", 2024).
 */

/**
 * Variances g of the prior N(0, g) of mean/standard deviation. E_n never exceeds (1 + ng)^((n − 1)/2): the larger g lets
 * few blocks show a large effect, the smaller one finds small effects. The mean of two e-values is an e-value.
 */
const priorVariances = [10, 1000];

/**
 * E_n, the evidence against a mean of 0: at a mean of 0, it ever reaches a threshold with probability 1/threshold at
 * most.
 *
 * @param t the mean of n values in standard errors; infinite where all values are the same
 */
export const evidenceAgainstZero = (t: number, n: number): number =>
  meanOf(priorVariances.map((variance) => evidenceUnder(variance, t, n)));

/**
 * (1 + ng)^(−1/2) · [(1 + t²/ν) / (1 + t²/(ν(1 + ng)))]^(n/2) with ν = n − 1, rearranged so that an infinite t has its
 * limit.
 */
function evidenceUnder(variance: number, t: number, n: number): number {
  const shrinkage = 1 + n * variance;
  const gain = Math.log1p((shrinkage - 1) / (1 + (shrinkage * (n - 1)) / t ** 2));
  return Math.exp((n * gain - Math.log(shrinkage)) / 2);
}

/** E_n of an estimate: 1/E_n is an anytime-valid p-value. */
export const anytimeEvidence = ({ value, standardError, degreesOfFreedom }: Estimate): number =>
  evidenceAgainstZero(inErrors(Math.abs(value), standardError), degreesOfFreedom + 1);

/**
 * Half the width of the anytime-valid interval: of all true values against which E_n is below 1/(1 − confidence).
 * Infinite where so few values cannot exclude any.
 */
export function anytimeHalfWidth(
  { standardError, degreesOfFreedom }: Estimate,
  confidence: number,
): number {
  const t = tThatReaches(1 / (1 - confidence), degreesOfFreedom + 1);
  return Number.isFinite(t) ? t * standardError : t;
}

const bisections = 60;

/** The t at which E_n, which grows with t, reaches a threshold above 1. */
function tThatReaches(threshold: number, n: number): number {
  const reaches = (t: number) => evidenceAgainstZero(t, n) >= threshold;
  if (!reaches(Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  let [below, above] = [0, 1];
  while (!reaches(above)) [below, above] = [above, 2 * above];
  for (let step = 0; step < bisections; step++) {
    const middle = (below + above) / 2;
    if (reaches(middle)) above = middle;
    else below = middle;
  }
  return above;
}
