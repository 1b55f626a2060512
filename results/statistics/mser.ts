import { meanOf, sumOf } from './summary.ts';

const valuesPerBatch = 5;

/** No more than this share may be dropped: beyond it there is too little left to know the level from. */
const largestShare = 0.5;

/**
 * How many values to drop from the start so that the mean of the rest has the smallest standard error:
 * MSER-5 (K. P. White, M. J. Cobb and S. C. Spratt, "A comparison of five steady-state truncation
 * heuristics for simulation", 2000). It drops something from most series of mere noise, too.
 */
export function mser5(values: readonly number[]): number {
  const batches = Array.from({ length: Math.floor(values.length / valuesPerBatch) }, (_, batch) =>
    meanOf(values.slice(batch * valuesPerBatch, (batch + 1) * valuesPerBatch)),
  );
  let best = { dropped: 0, error: Number.POSITIVE_INFINITY };
  for (let dropped = 0; dropped <= batches.length * largestShare; dropped++) {
    const kept = batches.slice(dropped);
    const mean = meanOf(kept);
    const error = sumOf(kept.map((value) => (value - mean) ** 2)) / kept.length ** 2;
    if (error < best.error) best = { dropped, error };
  }
  return best.dropped * valuesPerBatch;
}
