import { type Random, seededRandom } from '../../results/statistics/random.ts';

/** Service times of a queue, in ms: exponential, the same from the same seed. */
export function exponentialTimes(meanMs: number, seed: number): () => number {
  const random: Random = seededRandom(seed, 'service times');
  return () => -Math.log(1 - random()) * meanMs;
}

/**
 * The response times of a queue with one server, first come first served, in ms: each request starts when it
 * has come and the one before is done (D. V. Lindley, "The theory of queues with a single server", 1952).
 * For these very arrivals and service times, so nothing is left to chance.
 */
export function queueResponseTimes(
  arrivalsMs: Iterable<number>,
  nextService: () => number,
): number[] {
  let freeAtMs = 0;
  return Array.from(arrivalsMs, (arrivalMs) => {
    freeAtMs = Math.max(arrivalMs, freeAtMs) + nextService();
    return freeAtMs - arrivalMs;
  });
}

/** The value that a share `q` of the values does not exceed (nearest rank). */
export function quantileOf(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * A quantile of response times when everything stands still for `stallMs` in every `everyMs`, and answers come
 * at once otherwise: a request that comes x after the stall's beginning waits stallMs − x, so that
 * P(response > t) = (stallMs − t) / everyMs.
 */
export function stalledQuantile(q: number, stallMs: number, everyMs: number): number {
  return Math.max(0, stallMs - (1 - q) * everyMs);
}
