/** A p-value, alone and adjusted by Holm's method for being one of several. */
export interface Significance {
  readonly pValue: number;
  readonly adjustedP: number;
}

/** The significance of differences that are claimed together. */
export function significances(pValues: readonly number[]): Significance[] {
  const adjusted = holmAdjusted(pValues);
  return pValues.map((pValue, index) => ({ pValue, adjustedP: adjusted[index] ?? 1 }));
}

/**
 * p-values adjusted for multiple comparisons, in the same order: rejecting those below α keeps the chance of even one
 * false rejection at α (S. Holm, "A simple sequentially rejective multiple test procedure", 1979).
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const adjusted = [...pValues];
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  let largest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
