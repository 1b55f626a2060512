import type { Random } from '../results/statistics/random.ts';

/** A source of standard normal numbers, by the transform of G. E. P. Box and M. E. Muller (1958). */
export function normalDeviates(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
}
