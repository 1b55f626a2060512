import { z } from 'zod';

/**
 * One of several generators that run a load together: each takes every `of`-th connection and arrival, from number `index`
 * on, so that all together do what one generator would.
 */
export const shareSchema = z
  .object({ index: z.int().nonnegative(), of: z.int().positive() })
  .refine(({ index, of }) => index < of, 'the index of a share must be below their number');

export type Share = z.infer<typeof shareSchema>;

export const whole: Share = { index: 0, of: 1 };

export const isInShare = (position: number, { index, of }: Share): boolean =>
  position % of === index;

/** How many of the first `total` positions are in a share. */
export const countInShare = (total: number, { index, of }: Share): number =>
  Math.max(0, Math.ceil((total - index) / of));

/** The parts of a share: each position in it is in one of them. */
export const splitShare = ({ index, of }: Share, parts: number): Share[] =>
  Array.from({ length: parts }, (_, part) => ({ index: index + part * of, of: of * parts }));
