import { studentTQuantile } from './student-t.ts';

/** A plan that needs more blocks than this is not feasible. */
export const mostBlocks = 1000;

/** What a plan should show, and with which certainty. */
export interface Aim {
  /** The assumed ln(A/B). */
  readonly logRatio: number;
  /** The standard deviation of ln(A/B) over blocks. */
  readonly standardDeviation: number;
  /** The probability of a false claim. */
  readonly alpha: number;
  /** The probability of the claim where it is true. */
  readonly power: number;
}

/**
 * The blocks that a paired t-test needs to show a difference: the fewest n with t(1−α/2) + t(power) ≤ |ln(A/B)|·√n/sd,
 * with n − 1 degrees of freedom. Null where `mostBlocks` are not enough.
 */
export function blocksToTellApart(aim: Aim): number | null {
  return fewestBlocks(Math.abs(aim.logRatio), aim, 1 - aim.alpha / 2, aim.power);
}

/**
 * The blocks that two one-sided tests need to show that the ratio lies within 1/(1 + margin) … 1 + margin. The risk of
 * missing it is split between the two sides, which gives slightly too many where the ratio is not 1.
 */
export function blocksToShowEquivalence(aim: Aim, margin: number): number | null {
  const room = Math.log1p(margin) - Math.abs(aim.logRatio);
  return fewestBlocks(room, aim, 1 - aim.alpha, (1 + aim.power) / 2);
}

function fewestBlocks(
  distance: number,
  { standardDeviation }: Aim,
  confidence: number,
  power: number,
): number | null {
  if (distance <= 0) return null;
  const blocksAt = (degreesOfFreedom: number) => {
    const t =
      studentTQuantile(confidence, degreesOfFreedom) + studentTQuantile(power, degreesOfFreedom);
    return ((t * standardDeviation) / distance) ** 2;
  };
  // Quantiles fall with the number of blocks: those of the most blocks give a lower bound to start from.
  let blocks = Math.max(2, Math.ceil(blocksAt(mostBlocks - 1)));
  while (blocks <= mostBlocks && blocksAt(blocks - 1) > blocks) blocks += 1;
  return blocks <= mostBlocks ? blocks : null;
}
