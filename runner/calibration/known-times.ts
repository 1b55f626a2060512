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
  /** Serves one request after the other, or as many at once as it has servers; service times are exponential, from a seed. */
  z.object({
    kind: z.literal('queue'),
    meanMs: ms,
    /** Absent: other times in each start. */
    seed: z.int().nonnegative().optional(),
    servers: count.optional(),
    /** All service times are the mean. */
    constant: z.literal(true).optional(),
  }),
  /**
   * Serves as many requests at once as it has workers; service times are exponential, different in each start, and their
   * mean makes its capacity that of the Universal Scalability Law.
   */
  z.object({
    kind: z.literal('scaling'),
    perWorker: z.number().positive(),
    contention: z.number().nonnegative(),
    coherency: z.number().nonnegative(),
  }),
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
export type QueueBehaviour = Extract<Behaviour, { kind: 'queue' }>;

/** Exponential service times in ms, determined by the seed. */
export function exponentialTimes(meanMs: number, seed: number): () => number {
  const random: Random = seededRandom(seed, 'service times');
  return () => -Math.log(1 - random()) * meanMs;
}

/** The service times of a queue in ms. */
export function serviceTimes({
  meanMs,
  seed,
  constant,
}: QueueBehaviour & { readonly seed: number }): () => number {
  return constant ? () => meanMs : exponentialTimes(meanMs, seed);
}

/**
 * When requests are done, in ms, that arrive at the given times at a queue, first come first served: each one starts when
 * it has arrived and a server is free (for one server: D. V. Lindley, "The theory of queues with a single server", 1952).
 */
export function queueOf(nextService: () => number, servers = 1): (arrivalMs: number) => number {
  const freeAtMs = Array.from({ length: servers }, () => 0);
  return (arrivalMs) => {
    const server = freeAtMs.indexOf(Math.min(...freeAtMs));
    const doneMs = Math.max(arrivalMs, freeAtMs[server] ?? 0) + nextService();
    freeAtMs[server] = doneMs;
    return doneMs;
  };
}

/** The response times of a queue in ms. Exact for the given arrivals and service times: nothing is left to chance. */
export function queueResponseTimes(
  arrivalsMs: Iterable<number>,
  nextService: () => number,
  servers = 1,
): number[] {
  const doneAt = queueOf(nextService, servers);
  return Array.from(arrivalsMs, (arrivalMs) => doneAt(arrivalMs) - arrivalMs);
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
