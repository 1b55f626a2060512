import { convexCurve, type WeightedPoint } from '../statistics/convex.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import { sumOf } from '../statistics/summary.ts';
import type { MeasuredLimit } from './load-limit.ts';

/** A percentile at one load. */
export interface Reading {
  readonly perSecond: number;
  /** Of all blocks together. */
  readonly ms: number;
  readonly requests: number;
  readonly blocks: readonly { readonly requests: number; readonly ms: number }[];
}

/** Loads this close to the saturation are not used: the curve is too steep there. */
const highestUtilisation = 0.99;
const bisections = 60;
const steepest = 2 ** 60;

/**
 * The load at which a percentile reaches a limit. In x/(1 − x/saturation), mean response time is a line for a single
 * server, and bends upwards for several; so does a percentile. The curve is therefore the convex one, closest to the
 * readings in relative terms. Near saturation, requests wait for each other: what a window shows varies as
 * 1/(1 − ρ)², and a window that is too short to fill the queue shows too little, so that a reading has the weight
 * (1 − ρ)⁴.
 *
 * @param saturation requests/s; infinite where unknown: then x is the load itself
 * @returns the saturation where the curve never reaches the limit
 */
export function crossing(
  readings: readonly Reading[],
  belowMs: number,
  saturation: number,
): number {
  const stretched = (perSecond: number) => perSecond / (1 - perSecond / saturation);
  const points = readings
    .filter(({ perSecond }) => perSecond <= highestUtilisation * saturation)
    .map(
      ({ perSecond, ms, requests }): WeightedPoint => ({
        x: stretched(perSecond),
        y: ms,
        weight: (requests * (1 - perSecond / saturation) ** 4) / ms ** 2,
      }),
    );
  const [first] = points;
  if (!first) return 0;
  const curve = convexCurve(points);
  let [low, high] = [first.x, first.x];
  if (curve(low) >= belowMs) return readings[0]?.perSecond ?? 0;
  while (curve(high) < belowMs) {
    if (high > steepest * first.x) return saturation;
    high *= 2;
  }
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    if (curve(middle) < belowMs) low = middle;
    else high = middle;
  }
  return low / (1 + low / saturation);
}

const step = 0.01;

/**
 * Half the width of the 95 % confidence interval of the crossing's logarithm: the variance of readings between blocks,
 * pooled over all loads, and that of the saturation, carried through the curve (delta method). Null where no load was
 * offered in two blocks.
 */
export function crossingReach(
  readings: readonly Reading[],
  saturation: MeasuredLimit | null,
  at: (readings: readonly Reading[], saturation: number) => number,
): number | null {
  const perSecond = saturation?.perSecond ?? Number.POSITIVE_INFINITY;
  const spreadAt = (load: number) =>
    1 / Math.max(1 - load / perSecond, 1 - highestUtilisation) ** 2;
  const degreesOfFreedom = sumOf(readings.map(({ blocks }) => Math.max(0, blocks.length - 1)));
  if (degreesOfFreedom === 0) return null;
  const squares = sumOf(
    readings.map((reading) => squaresOf(reading) / spreadAt(reading.perSecond)),
  );
  const slope = (higher: number, lower: number) =>
    Math.log(higher / lower) / (2 * Math.log1p(step));
  const changed = (index: number, factor: number) =>
    readings.map((one, other) => (other === index ? { ...one, ms: one.ms * factor } : one));
  const fromReadings = readings.map((reading, index) => {
    const ratio = slope(
      at(changed(index, 1 + step), perSecond),
      at(changed(index, 1 / (1 + step)), perSecond),
    );
    return (
      (ratio ** 2 * squares * spreadAt(reading.perSecond)) / degreesOfFreedom / reading.requests
    );
  });
  const fromSaturation =
    saturation === null
      ? 0
      : slope(at(readings, perSecond * (1 + step)), at(readings, perSecond / (1 + step))) ** 2 *
        logVariance(saturation);
  const t = studentTQuantile((1 + usualConfidence) / 2, degreesOfFreedom);
  return t * Math.sqrt(sumOf(fromReadings) + fromSaturation);
}

/** Weighted squares of the logarithms of the blocks around their mean. */
function squaresOf({ blocks }: Reading): number {
  const requests = sumOf(blocks.map((one) => one.requests));
  const mean = sumOf(blocks.map((one) => one.requests * Math.log(one.ms))) / requests;
  return sumOf(blocks.map((one) => one.requests * (Math.log(one.ms) - mean) ** 2));
}

function logVariance({ interval, blocks }: MeasuredLimit): number {
  if (interval === null || blocks < 2) return 0;
  const reach = Math.log(interval.high / interval.low) / 2;
  return (reach / studentTQuantile((1 + usualConfidence) / 2, blocks - 1)) ** 2;
}
