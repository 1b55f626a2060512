import { studentTQuantile } from './student-t.ts';

/** Beyond this an estimate says "more than can be done", not a number. */
export const mostBlocks = 1000;

/** What a plan wants to show, and how sure it wants to be of showing it. */
export interface Aim {
  /** ln(A/B) as it is supposed to be. */
  readonly logRatio: number;
  /** The sd of ln(A/B) over blocks. */
  readonly standardDeviation: number;
  /** Chance of a claim where there is nothing to claim. */
  readonly alpha: number;
  /** Chance of the claim where it is true. */
  readonly power: number;
}

/**
 * Blocks for a paired t-test to tell A from B: the fewest n with t(1−α/2) + t(power) ≤ |ln(A/B)|·√n/sd,
 * both with n − 1 degrees of freedom. Null when even `mostBlocks` would not do.
 */
export function blocksToTellApart(aim: Aim): number | null {
  return fewestBlocks(Math.abs(aim.logRatio), aim, 1 - aim.alpha / 2, aim.power);
}

/**
 * Blocks for two one-sided tests to show that the ratio lies within 1/(1 + margin) … 1 + margin. The risk
 * of missing it is halved between the two sides, which asks for somewhat too many when the ratio is not 1.
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
  // Quantiles fall as blocks are added: with those of the most blocks, the fewest that could do are found.
  let blocks = Math.max(2, Math.ceil(blocksAt(mostBlocks - 1)));
  while (blocks <= mostBlocks && blocksAt(blocks - 1) > blocks) blocks += 1;
  return blocks <= mostBlocks ? blocks : null;
}
