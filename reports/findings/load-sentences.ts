import { formatNumber, plural } from '../../results/format.ts';
import type { LoadPoint, Tail } from '../../results/load-curve/load-points.ts';
import type { Prediction } from '../../results/predictions.ts';
import type { Spread } from '../../results/statistics/summary.ts';
import { spreadText } from './cell-text.ts';

/** What was measured on a server at one rate, and what theory predicts there. */
export function loadSentence(
  { offeredPerSecond, blocks, overloadedBlocks, p50, mean, tail: tailTime }: LoadPoint,
  prediction: Prediction | null,
  tail: Tail | null,
): string {
  const at = `At ${formatNumber(offeredPerSecond)} requests/s`;
  if (overloadedBlocks > 0) {
    return `${at}: overloaded in ${overloadedBlocks} of ${plural(blocks, 'block')}; no response time reported.`;
  }
  const time = (name: string, spread: Spread | null) =>
    spread ? [`${name} ${spreadText(spread)} ms`] : [];
  const expected = prediction?.meanResponseMs(offeredPerSecond);
  const predicted =
    expected === undefined
      ? []
      : [expected === null ? 'predicted: overloaded' : `predicted ${formatNumber(expected)} ms`];
  return `${at}: ${[...time('p50', p50), ...(tail ? time(tail, tailTime) : []), ...time('mean', mean), ...predicted].join(', ')}.`;
}
