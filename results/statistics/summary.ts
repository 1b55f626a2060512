/** What a sample looks like; the sd is the unbiased one (n − 1) and needs two values. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

/** @returns NaN for the mean of nothing, and for the sd of fewer than two values */
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

/** Of values above 0. */
export function geometricMeanOf(values: readonly number[]): number {
  return Math.exp(meanOf(values.map(Math.log)));
}

/** @returns NaN for the median of nothing */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [lower, upper] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return lower === undefined || upper === undefined ? Number.NaN : (lower + upper) / 2;
}
