import { mergeDistributions } from '../../results/document/distribution.ts';
import type { Distribution, Measurement } from '../../results/document/run-document.ts';
import { classOf, usableWindow, valuesByBlock, type Window } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/summary.ts';
import { shownPercentile } from '../../results/verdicts/metric.ts';
import { type RankedServer } from '../../results/verdicts/ranking.ts';

/** The percentiles that tables list and charts mark. */
export const named = [
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
  /** At the named percentiles. */
  readonly spreads: readonly (Spread | null)[];
}

/** Null where a server's trials have no times in that window that may be used. */
export function timesOf(
  { server, trials }: RankedServer,
  window: Window,
  className: string | null,
): ServerTimes | null {
  const timesIn = (measurement: Measurement): Distribution | null => {
    const one = classOf(measurement, className);
    return (window === 'closed' ? one?.serviceTime : one?.responseTime) ?? null;
  };
  const distributions = trials.flatMap((trial) => {
    const measurement = usableWindow(trial, window);
    return (measurement && timesIn(measurement)) ?? [];
  });
  if (distributions.length === 0) return null;
  const spreads = named.map(({ name }) =>
    spreadOf(
      valuesByBlock(trials, window, (measurement) => {
        const distribution = timesIn(measurement);
        return distribution && shownPercentile(distribution, name);
      }),
    ),
  );
  return { label: server.name, merged: mergeDistributions(distributions), spreads };
}
