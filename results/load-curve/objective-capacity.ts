import type { Objective } from '../document/run-document.ts';
import type { Range } from '../format.ts';
import { percentileAsTyped } from '../percentile.ts';
import { crossing, crossingError, type Reading, sumOfErrors } from './crossing.ts';
import { intervalOf, type LoadLimit, type LogError, type MeasuredLimit } from './load-limit.ts';
import type { LoadPoint } from './load-points.ts';
import { readingOf, timeInterval } from './time-interval.ts';

/**
 * Between two loads the shape of the curve is a guess. Its error grows with the square of their distance (logarithms), up
 * to that of an even spread between loads further apart than the factor, which the interval does not leave (decision 19).
 */
const shapeError = 0.3;
const widestGap = 2.5;
/** The size of that error is known, not estimated from blocks. */
const shapeDegrees = 100;

/**
 * The highest load at which a percentile stays below a limit.
 *
 * @param points of the class that the objective is about, lowest load first
 * @param saturation of the server; null where it is not known
 */
export function objectiveCapacity(
  objective: Objective,
  points: readonly LoadPoint[],
  saturation: MeasuredLimit | null,
): LoadLimit {
  const { percentile, belowMs } = objective;
  const all = points.flatMap((point) => readingOf(point, percentile) ?? []);
  const tooMuch = all.find(({ ms }) => ms === Number.POSITIVE_INFINITY);
  const readings = tooMuch ? all.slice(0, all.indexOf(tooMuch)) : all;
  const [lowest, highest] = [all[0], readings.at(-1)];
  const needed = `had the requests that ${percentileAsTyped(percentile)} needs`;
  if (points.length === 0) return { kind: 'unknown', reason: 'no load was measured' };
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
  const certain = certainRange(points, objective, perSecond);
  return {
    kind: 'measured',
    perSecond,
    error,
    interval: interval && {
      low: Math.max(interval.low, gap?.low ?? 0, certain.low),
      high: Math.min(interval.high, most, saturation?.interval?.high ?? most, certain.high),
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
  return sumOfErrors([error, { standardError: ofShape, degreesOfFreedom: shapeDegrees }]);
}

/**
 * The loads between which the percentile reaches its limit, by the intervals at each load: it grows with load. Any load
 * where they contradict the curve through all loads, since then it does not.
 */
function certainRange(
  points: readonly LoadPoint[],
  objective: Objective,
  perSecond: number,
): Range {
  const times = points.map((point) => ({
    offered: point.offeredPerSecond,
    ...timeInterval(point, objective),
  }));
  const low = times.findLast((one) => one.high < objective.belowMs)?.offered ?? 0;
  const high =
    times.find((one) => one.low > objective.belowMs)?.offered ?? Number.POSITIVE_INFINITY;
  return low <= perSecond && perSecond <= high
    ? { low, high }
    : { low: 0, high: Number.POSITIVE_INFINITY };
}
