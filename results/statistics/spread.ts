import { medianOf } from './summary.ts';

/** One value for every block that has one. */
export type ByBlock = ReadonlyMap<number, number>;

/** A figure over the blocks of a run: its median, and the lowest and highest block. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
}

/** @returns null where no block has a value */
export function spreadOf(byBlock: ByBlock): Spread | null {
  const values = [...byBlock.values()];
  if (values.length === 0) return null;
  return {
    median: medianOf(values),
    low: Math.min(...values),
    high: Math.max(...values),
    blocks: values.length,
  };
}
