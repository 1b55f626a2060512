import { z } from 'zod';

/** What a truth server answers with. */
export const truthBody = 'true\n';

const ms = z.number().positive();
const count = z.int().positive();

/** How a truth server answers: in each way, the distribution of its response times is known beforehand. */
export const behaviourSchema = z.discriminatedUnion('kind', [
  /** Each request is answered after the same time; every so many-th after another. */
  z.object({ kind: z.literal('delay'), ms, slow: z.object({ every: count, ms }).optional() }),
  /** Nothing happens at all for `stallMs` in every `everyMs`; otherwise answers come at once. */
  z.object({ kind: z.literal('stall'), stallMs: ms, everyMs: ms }),
  /** One after the other, with exponential service times from a seed. */
  z.object({ kind: z.literal('queue'), meanMs: ms, seed: z.int().nonnegative() }),
  /** One after the other, each computing for so long. */
  z.object({ kind: z.literal('compute'), ms }),
  /** Every so many-th request is never answered, until so many have been dropped; the others are at once. */
  z.object({
    kind: z.literal('drop'),
    every: count,
    times: count,
    how: z.enum(['closing the connection', 'silence']),
  }),
]);

export type Behaviour = z.infer<typeof behaviourSchema>;
