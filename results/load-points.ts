import type { Distribution, Measurement, Trial } from './document/run-document.ts';
import { isUsable } from './select.ts';
import { type Spread, spreadOf } from './statistics/spread.ts';
import { medianOf } from './statistics/summary.ts';

/** How long requests took on one server at a rate offered in open loops: one for all servers, or its own. */
export interface LoadPoint {
  /** The median of the blocks: a server's own rate follows what it served in each. */
  readonly offeredPerSecond: number;
  /** Blocks in which it was offered. */
  readonly blocks: number;
  /** Those of them in which more was offered than the server could bear: then there is no usual time to tell. */
  readonly unstableBlocks: number;
  readonly p50: Spread | null;
  readonly mean: Spread | null;
  readonly tail: Spread | null;
}

/** A percentile of which every trial has enough requests beyond it, for all servers of a figure. */
export type Tail = 99 | 95 | 90;

const tails = {
  99: ({ p99Ms }: Distribution) => p99Ms,
  95: ({ p95Ms }: Distribution) => p95Ms,
  90: ({ p90Ms }: Distribution) => p90Ms,
};
/** With fewer requests beyond it, a percentile is one or two requests. */
const requestsBeyond = 3;

/** The highest percentile that can be told of all trials; null where even the lowest cannot. */
export function tailOf(trials: readonly Trial[]): Tail | null {
  const counts = trials.flatMap((trial) =>
    openLoops(trial)
      .filter((measurement) => isUsable(trial, measurement))
      .map(({ responseTime }) => responseTime?.count ?? 0),
  );
  const fewest = Math.min(...counts);
  const told = ([99, 95, 90] as const).find(
    (tail) => fewest * (1 - tail / 100) >= requestsBeyond - 1e-9,
  );
  return counts.length > 0 ? (told ?? null) : null;
}

/**
 * The rates offered to a server, from the lowest; its own is one, however it differs by block. A rate that was too much
 * in any block has no times: those of the blocks that it survived would flatter it.
 */
export function loadPointsOf(trials: readonly Trial[], tail: Tail | null): LoadPoint[] {
  const offers = trials.flatMap((trial) =>
    openLoops(trial).map((measurement) => ({ trial, measurement })),
  );
  const byRate = Map.groupBy(offers, ({ measurement: { rate, offeredPerSecond } }) =>
    rate === 'proportional' ? rate : offeredPerSecond,
  );
  return [...byRate.values()]
    .map((offered) => {
      const rates = offered.map(({ measurement }) => measurement.offeredPerSecond ?? 0);
      const unstableBlocks = offered.filter(({ measurement }) => isUnstable(measurement)).length;
      const usable = unstableBlocks > 0 ? [] : offered.filter(isUsableOffer);
      const spread = (quantity: (times: Distribution) => number | null) =>
        spreadOf(
          new Map(
            usable.flatMap(({ measurement: { responseTime } }, index) => {
              const value = responseTime && quantity(responseTime);
              return value === null ? [] : [[index, value] as const];
            }),
          ),
        );
      return {
        offeredPerSecond: medianOf(rates),
        blocks: offered.length,
        unstableBlocks,
        p50: spread(({ p50Ms }) => p50Ms),
        mean: spread(({ meanMs }) => meanMs),
        tail: tail && spread(tails[tail]),
      };
    })
    .toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}

const isUsableOffer = (offer: { readonly trial: Trial; readonly measurement: Measurement }) =>
  isUsable(offer.trial, offer.measurement);

const openLoops = ({ measurements }: Trial): Measurement[] =>
  measurements.filter(({ loop }) => loop === 'open');

const isUnstable = ({ warnings }: Measurement): boolean =>
  warnings.some(({ code, severity }) => code === 'unstable' && severity === 'void');
