import { mergeDistributions } from '../../results/document/distribution.ts';
import type { Distribution } from '../../results/document/run-document.ts';
import { formatNumber, plural } from '../../results/format.ts';
import type { LoadPoint, Tail } from '../../results/load-curve/load-points.ts';
import { shownPercentile } from '../../results/percentile.ts';
import type { Prediction } from '../../results/predictions.ts';
import { timesOf, usableTimes, valuesByBlock, type WindowName } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/summary.ts';
import type { RankedServer } from '../../results/verdicts/ranking.ts';
import { spreadText } from './cell-text.ts';

/** The percentiles that tables list and charts mark. */
export const reportedPercentiles = [
  { percentile: 50, name: 'p50' },
  { percentile: 90, name: 'p90' },
  { percentile: 99, name: 'p99' },
  { percentile: 99.9, name: 'p999' },
] as const;

/** How long requests took on one server, in one window of load. */
export interface ServerTimes {
  readonly label: string;
  /** All blocks together. */
  readonly merged: Distribution;
  /** At each of the reported percentiles. */
  readonly spreads: readonly (Spread | null)[];
}

/** Null where no trial of the server has usable times in that window. */
export function serverTimes(
  { server, trials }: RankedServer,
  window: WindowName,
  className: string | null,
): ServerTimes | null {
  const distributions = usableTimes(trials, window, className);
  if (distributions.length === 0) return null;
  const spreads = reportedPercentiles.map(({ name }) =>
    spreadOf(
      valuesByBlock(trials, window, (measurement) => {
        const distribution = timesOf(measurement, className);
        return distribution && shownPercentile(distribution, name);
      }),
    ),
  );
  return { label: server.name, merged: mergeDistributions(distributions), spreads };
}

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
