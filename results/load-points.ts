import type { Distribution, Measurement, Trial } from './document/run-document.ts';
import { highestPercentile, type Percentile, shownPercentile } from './percentile.ts';
import { isUsable } from './select.ts';
import { medianOf, type Spread, spreadOf } from './statistics/summary.ts';

/**
 * Response times of one server at one rate offered in open loops: shared by all servers, or proportional to the
 * server's own capacity.
 */
export interface LoadPoint {
  /** The median over blocks: a proportional rate follows what the server served in each block. */
  readonly offeredPerSecond: number;
  /** Blocks in which the rate was offered. */
  readonly blocks: number;
  /** Blocks in which the rate overloaded the server; if there are any, the point has no times. */
  readonly overloadedBlocks: number;
  readonly p50: Spread | null;
  readonly mean: Spread | null;
  readonly tail: Spread | null;
}

/** A percentile above the median. */
export type Tail = Exclude<Percentile, 'p50' | 'p999'>;

/** The highest percentile that the open loops of all trials support; null where they support only the median. */
export function tailOf(trials: readonly Trial[]): Tail | null {
  const counts = openLoopsOf(trials)
    .filter(({ trial, measurement }) => isUsable(trial, measurement))
    .map(({ measurement }) => measurement.responseTime?.count ?? 0);
  const highest = counts.length > 0 ? highestPercentile(Math.min(...counts)) : 'p50';
  return highest === 'p50' ? null : highest;
}

/**
 * The rates offered to a server, lowest first; the proportional rate is one point although it differs by block. A rate
 * that overloaded the server in any block has no times: those of the other blocks would make it look better than it is.
 */
export function loadPointsOf(trials: readonly Trial[], tail: Tail | null): LoadPoint[] {
  const byRate = Map.groupBy(openLoopsOf(trials), ({ measurement: { rate, offeredPerSecond } }) =>
    rate === 'proportional' ? rate : offeredPerSecond,
  );
  return [...byRate.values()]
    .map((offered) => {
      const overloadedBlocks = offered.filter(({ measurement }) => isOverloaded(measurement));
      const usable = offered.filter(
        ({ trial, measurement }) => overloadedBlocks.length === 0 && isUsable(trial, measurement),
      );
      const spread = (quantity: (times: Distribution) => number | null | undefined) =>
        spreadOf(
          new Map(
            usable.flatMap(({ measurement: { responseTime } }, index) => {
              const value = (responseTime && quantity(responseTime)) ?? null;
              return value === null ? [] : [[index, value] as const];
            }),
          ),
        );
      return {
        offeredPerSecond: medianOf(
          offered.map(({ measurement }) => measurement.offeredPerSecond ?? 0),
        ),
        blocks: offered.length,
        overloadedBlocks: overloadedBlocks.length,
        p50: spread((times) => shownPercentile(times, 'p50')),
        mean: spread(({ meanMs }) => meanMs),
        tail: tail && spread((times) => shownPercentile(times, tail)),
      };
    })
    .toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}

/** Open loops with all classes of requests: with one class alone, a rate is another load. */
const openLoopsOf = (trials: readonly Trial[]) =>
  trials.flatMap((trial) =>
    trial.measurements
      .filter(({ loop, rate }) => loop === 'open' && rate !== 'alone')
      .map((measurement) => ({ trial, measurement })),
  );

const isOverloaded = ({ warnings }: Measurement): boolean =>
  warnings.some(({ code, severity }) => code === 'overloaded' && severity === 'void');
