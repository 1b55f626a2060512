import { recorderOf, type TimeRecorder } from '../../results/document/distribution.ts';
import { shownPercentile } from '../../results/percentile.ts';
import { timesOf, usableTimes, valuesByBlock, type WindowName } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/summary.ts';
import type { RankedServer } from '../../results/verdicts/ranking.ts';

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
  readonly pooled: TimeRecorder;
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
  return { label: server.name, pooled: recorderOf(distributions), spreads };
}
