import { z } from 'zod';
import { type Random, seededRandom } from '../../results/statistics/random.ts';

/** The response body of a known server. */
export const knownBody = 'true\n';

const ms = z.number().positive();
const count = z.int().positive();

/** What a known server does with each request; the distribution of its response times follows from that. */
export const behaviourSchema = z.discriminatedUnion('kind', [
  /** Responds after `ms`; every so many-th time after `slow.ms`. */
  z.object({ kind: z.literal('delay'), ms, slow: z.object({ every: count, ms }).optional() }),
  /** Stands still for `stallMs` in every `everyMs`; otherwise responds at once. */
  z.object({ kind: z.literal('stall'), stallMs: ms, everyMs: ms }),
  /** Serves one request after the other, with exponential service times from a seed. */
  z.object({ kind: z.literal('queue'), meanMs: ms, seed: z.int().nonnegative() }),
  /** Responds every `everyMs` to as many waiting requests as it has slots. */
  z.object({ kind: z.literal('in step'), slots: count, everyMs: ms }),
  /** Computes for `ms`, one request after the other. */
  z.object({ kind: z.literal('compute'), ms }),
  /** Never responds to every so many-th request, `times` times in all; otherwise responds at once. */
  z.object({
    kind: z.literal('drop'),
    every: count,
    times: count,
    how: z.enum(['closing the connection', 'silence']),
  }),
]);

export type Behaviour = z.infer<typeof behaviourSchema>;

/** Exponential service times in ms, determined by the seed. */
export function exponentialTimes(meanMs: number, seed: number): () => number {
  const random: Random = seededRandom(seed, 'service times');
  return () => -Math.log(1 - random()) * meanMs;
}

/**
 * The response times, in ms, of a queue with one server, first come first served: each request starts when it has arrived
 * and the one before is done (D. V. Lindley, "The theory of queues with a single server", 1952). Exact for the given
 * arrivals and service times: nothing is left to chance.
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
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * A quantile of response times when everything stands still for `stallMs` in every `everyMs`, and responses come at once
 * otherwise: a request that arrives x after the start of a stall waits stallMs − x, so that
 * P(response > t) = (stallMs − t) / everyMs.
 */
export function stalledQuantile(q: number, stallMs: number, everyMs: number): number {
  return Math.max(0, stallMs - (1 - q) * everyMs);
}
