/**
 * p-values adjusted for being one of several, in their order: rejecting those below α keeps the chance of
 * even one false rejection among all at α (S. Holm, "A simple sequentially rejective multiple test
 * procedure", 1979).
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
