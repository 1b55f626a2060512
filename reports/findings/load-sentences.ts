import type { LoadPoint, Tail } from '../../results/load-points.ts';
import type { Prediction } from '../../results/predictions.ts';
import type { Spread } from '../../results/statistics/spread.ts';
import { formatNumber, plural } from './numbers.ts';
import { spreadText } from './spread.ts';

/** What was seen of a server at one rate, beside what theory expects there. */
export function loadSentence(
  { offeredPerSecond, blocks, unstableBlocks, p50, mean, tail: tailTime }: LoadPoint,
  prediction: Prediction | null,
  tail: Tail | null,
): string {
  const at = `At ${formatNumber(offeredPerSecond)} requests/s`;
  if (unstableBlocks > 0) {
    return `${at} unstable in ${unstableBlocks} of ${plural(blocks, 'block')}: more than it could bear, so that no time is told.`;
  }
  const time = (name: string, spread: Spread | null) =>
    spread ? [`${name} ${spreadText(spread)} ms`] : [];
  const expected = prediction?.meanResponseMs(offeredPerSecond);
  const predicted =
    expected === undefined
      ? []
      : [expected === null ? 'predicted without bound' : `predicted ${formatNumber(expected)} ms`];
  return `${at} ${[...time('p50', p50), ...(tail ? time(`p${tail}`, tailTime) : []), ...time('mean', mean), ...predicted].join(', ')}.`;
}
