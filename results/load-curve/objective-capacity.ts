import { pooledSummary } from '../document/distribution.ts';
import type { Objective } from '../document/run-document.ts';
import type { Range } from '../format.ts';
import { isShownByLoad, type Percentile, percentileAsTyped } from '../percentile.ts';
import { crossing, crossingError, type Reading } from './crossing.ts';
import { intervalOf, type LoadLimit, type LogError, type MeasuredLimit } from './load-limit.ts';
import type { LoadPoint } from './load-points.ts';

/**
 * Between two loads the shape of the curve is a guess. Its error grows with the square of their distance (logarithms), up
 * to that of an even spread between loads further apart than the factor, which the interval does not leave (decision 19).
 */
const shapeError = 0.3;
const widestGap = 2.5;

/**
 * The highest load at which a percentile stays below a limit.
 *
 * @param points of the class that the objective is about, lowest load first
 * @param saturation of the server; null where it is not known
 */
export function objectiveCapacity(
  { percentile, belowMs }: Objective,
  points: readonly LoadPoint[],
  saturation: MeasuredLimit | null,
): LoadLimit {
  const all = points.flatMap((point) => readingOf(point, percentile) ?? []);
  const tooMuch = all.find(({ ms }) => ms === Number.POSITIVE_INFINITY);
  const readings = tooMuch ? all.slice(0, all.indexOf(tooMuch)) : all;
  const [lowest, highest] = [all[0], readings.at(-1)];
  const needed = `had the requests that ${percentileAsTyped(percentile)} needs`;
  if (!lowest) return { kind: 'unknown', reason: `no load ${needed}` };
  if (!highest) {
    const { perSecond } = lowest;
    // Lower loads that the server kept up with may have kept the objective, too.
    return points.some(({ times, offeredPerSecond }) => times && offeredPerSecond < perSecond)
      ? { kind: 'unknown', reason: `no load that the server kept up with ${needed}` }
      : { kind: 'less-than', perSecond };
  }

  const limitFrom = (some: readonly Reading[], saturated: number) =>
    crossing(some, belowMs, saturated);
  const perSecond = limitFrom(readings, saturation?.perSecond ?? Number.POSITIVE_INFINITY);
  if (perSecond <= lowest.perSecond) {
    return { kind: lowest.ms < belowMs ? 'at-least' : 'less-than', perSecond: lowest.perSecond };
  }
  const isBeyond = perSecond >= (tooMuch ?? highest).perSecond;
  if (isBeyond || readings.length < 2) return { kind: 'at-least', perSecond: highest.perSecond };
  const around = gapAround(perSecond, all);
  const error = withShapeError(crossingError(readings, saturation, limitFrom), around);
  const interval = error && intervalOf(perSecond, error);
  const gap = around && around.high > widestGap * around.low ? around : null;
  const most = gap?.high ?? tooMuch?.perSecond ?? Number.POSITIVE_INFINITY;
  return {
    kind: 'measured',
    perSecond,
    error,
    interval: interval && {
      low: Math.max(interval.low, gap?.low ?? 0),
      high: Math.min(interval.high, most, saturation?.interval?.high ?? most),
    },
    blocks: Math.max(...readings.map(({ blocks }) => blocks.length)),
  };
}

/** The highest load of a row below a value, and the lowest one above; null where there is none above. */
function gapAround(perSecond: number, readings: readonly Reading[]): Range | null {
  const loads = readings.map((one) => one.perSecond);
  const low = loads.findLast((load) => load <= perSecond);
  const high = loads.find((load) => load > perSecond);
  return low !== undefined && high !== undefined ? { low, high } : null;
}

function withShapeError(error: LogError | null, gap: Range | null): LogError | null {
  if (!error || !gap) return error;
  const width = Math.log(gap.high / gap.low);
  const ofShape = Math.min(shapeError * width ** 2, width / Math.sqrt(12));
  return { ...error, standardError: Math.hypot(error.standardError, ofShape) };
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
