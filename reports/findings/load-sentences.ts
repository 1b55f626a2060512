import { formatNumber, percent, plural } from '../../results/format.ts';
import type { LoadPoint, Tail } from '../../results/load-curve/load-points.ts';
import type { Prediction } from '../../results/predictions.ts';
import { medianOf, type Spread } from '../../results/statistics/summary.ts';
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

/**
 * How far predicted means are from measured ones: " (median error: pool 4.2 %)"; empty where nothing can be compared.
 */
export function predictionErrors(
  servers: readonly {
    readonly name: string;
    readonly points: readonly LoadPoint[];
    readonly prediction: Prediction | null;
  }[],
): string {
  const texts = servers.flatMap(({ name, points, prediction }) => {
    const errors = points.flatMap(({ offeredPerSecond, mean }) => {
      const expected = prediction?.meanResponseMs(offeredPerSecond) ?? null;
      return mean && expected !== null ? [Math.abs(expected / mean.median - 1)] : [];
    });
    return errors.length > 0 ? [`${name} ${percent(medianOf(errors))}`] : [];
  });
  return texts.length > 0 ? ` (median error: ${texts.join(', ')})` : '';
}
