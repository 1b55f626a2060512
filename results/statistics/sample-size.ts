import { evidenceAgainstZero } from './anytime-t-test.ts';

/** A plan that needs more blocks than this is not feasible. */
export const mostBlocks = 1000;

const fewestBlocks = 2;

/**
 * The blocks after which the anytime-valid test excludes a value at this distance from the mean, if mean and standard
 * deviation stay as they are: the fewest n for which E_n reaches the evidence needed at t = √n · distance/sd. Enough in
 * about six of ten runs, as means vary. Null where `mostBlocks` are not enough.
 */
export function blocksToExclude(
  distance: number,
  standardDeviation: number,
  evidence: number,
): number | null {
  if (distance <= 0) return null;
  const effect = distance / standardDeviation;
  for (let blocks = fewestBlocks; blocks <= mostBlocks; blocks++) {
    if (evidenceAgainstZero(Math.sqrt(blocks) * effect, blocks) >= evidence) return blocks;
  }
  return null;
}
