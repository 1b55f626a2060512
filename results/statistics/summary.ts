/** The size, mean and unbiased standard deviation (n − 1) of a sample. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

/** @returns NaN as the mean of no values and as the standard deviation of fewer than two */
export function summarise(values: readonly number[]): Summary {
  const count = values.length;
  const mean = sumOf(values) / count;
  const squares = sumOf(values.map((value) => (value - mean) ** 2));
  const standardDeviation = count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN;
  return { count, mean, standardDeviation };
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** For values above 0. */
export function geometricMeanOf(values: readonly number[]): number {
  return Math.exp(meanOf(values.map(Math.log)));
}

/** @returns NaN for no values */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [lower, upper] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return lower === undefined || upper === undefined ? Number.NaN : (lower + upper) / 2;
}

/** A value of each block; blocks without one are left out. */
export type ByBlock = ReadonlyMap<number, number>;

/** A quantity over the blocks of a run: the median, the lowest and the highest block. */
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
