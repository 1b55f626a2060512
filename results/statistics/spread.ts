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
  const sorted = [...byBlock.values()].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, lower, upper, high] = [0, Math.floor(middle), Math.ceil(middle), -1].map((index) =>
    sorted.at(index),
  );
  if (low === undefined || lower === undefined || upper === undefined || high === undefined)
    return null;
  return { median: (lower + upper) / 2, low, high, blocks: sorted.length };
}
