import type { RatioInterval } from '../statistics/log-ratio.ts';
import { higherIsBetter } from './metric.ts';
import type { Comparison } from './verdict.ts';

/** A server's value over the other's that it was compared with; a verdict's own ratio says how many times better one is. */
export function valueRatio(
  { first, metric, verdict }: Comparison,
  server: string,
): RatioInterval | null {
  if (verdict.kind === 'not-measured') return null;
  const better = verdict.kind === 'faster' ? verdict.ahead : first;
  const { ratio, low, high } = verdict;
  return (server === better) === higherIsBetter(metric)
    ? { ratio, low, high }
    : { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
}
