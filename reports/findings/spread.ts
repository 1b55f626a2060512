import type { Spread } from '../../results/statistics/summary.ts';
import { formatNumber, formatWithRange } from './numbers.ts';

/** A median with its range where several blocks give one; "–" where there is none. */
export function spreadText(spread: Spread | null): string {
  if (!spread) return '–';
  return spread.blocks > 1 ? formatWithRange(spread.median, spread) : formatNumber(spread.median);
}
