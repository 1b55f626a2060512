import { pooledSummary } from '../document/distribution.ts';
import type { Objective } from '../document/run-document.ts';
import type { Range } from '../format.ts';
import { isShownByLoad, type Percentile } from '../percentile.ts';
import { halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import type { Reading } from './crossing.ts';
import type { LoadPoint } from './load-points.ts';

/** One block shows nothing for certain. */
const fewestBlocks = 2;
/** Overload in this share of the blocks is that of the load. */
const overloadedShare = 0.5;

/**
 * The 95 % CI of an objective's percentile over the blocks at one load, in ms: around the geometric mean. Infinite where
 * the load overloads the server, and from 0 to infinity where too few blocks show it.
 */
export function timeInterval(point: LoadPoint, { percentile }: Objective): Range {
  const { blocks, overloadedBlocks } = point;
  const high = Number.POSITIVE_INFINITY;
  if (overloadedBlocks >= Math.max(fewestBlocks, overloadedShare * blocks)) {
    return { low: high, high };
  }
  const times = readingOf(point, percentile)?.blocks ?? [];
  if (times.length < fewestBlocks) return { low: 0, high };
  const estimate = meanEstimate(times.map(({ ms }) => Math.log(ms)));
  const reach = halfWidth(estimate, usualConfidence);
  return { low: Math.exp(estimate.value - reach), high: Math.exp(estimate.value + reach) };
}

/** Null where the load has too few requests. */
export function readingOf(
  { offeredPerSecond: perSecond, overloadedBlocks, windows, times }: LoadPoint,
  percentile: Percentile,
): Reading | null {
  if (overloadedBlocks > 0) {
    return { perSecond, ms: Number.POSITIVE_INFINITY, requests: 0, blocks: [] };
  }
  if (!times || !isShownByLoad(times.count, percentile)) return null;
  return {
    perSecond,
    ms: times[`${percentile}Ms`] ?? Number.POSITIVE_INFINITY,
    requests: times.count,
    blocks: blocksOf(windows, percentile),
  };
}

/** A block without the percentile, since too many requests were never answered, is left out. */
const blocksOf = (windows: LoadPoint['windows'], percentile: Percentile): Reading['blocks'] =>
  [...Map.groupBy(windows, ({ block }) => block).values()].flatMap((inBlock) => {
    const inAll = pooledSummary(inBlock.map((one) => one.times));
    const ms = inAll?.[`${percentile}Ms`] ?? null;
    return inAll && ms !== null ? [{ ms, requests: inAll.count }] : [];
  });
