import { mergeDistributions } from '../../results/document/distribution.ts';
import type { Distribution, Measurement } from '../../results/document/run-document.ts';
import { classOf, usableWindow, valuesByBlock, type Window } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/spread.ts';
import { type RankedServer } from '../../results/verdicts/ranking.ts';

/** The percentiles that tables list and charts mark. */
export const named = [
  { percentile: 50, of: ({ p50Ms }: Distribution) => p50Ms },
  { percentile: 90, of: ({ p90Ms }: Distribution) => p90Ms },
  { percentile: 99, of: ({ p99Ms }: Distribution) => p99Ms },
  { percentile: 99.9, of: ({ p999Ms }: Distribution) => p999Ms },
] as const;

/** Below so many requests a trial a percentile is one or two requests, and is not told. */
const requestsBeyond = 3;

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
  const spreads = named.map(({ percentile, of }) =>
    spreadOf(
      valuesByBlock(trials, window, (measurement) => {
        const distribution = timesIn(measurement);
        const enough = (distribution?.count ?? 0) * (1 - percentile / 100) >= requestsBeyond;
        return distribution && enough ? of(distribution) : null;
      }),
    ),
  );
  return { label: server.name, merged: mergeDistributions(distributions), spreads };
}
