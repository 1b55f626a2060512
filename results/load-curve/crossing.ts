import { convexCurve, type WeightedPoint } from '../statistics/convex.ts';
import { sumOf } from '../statistics/summary.ts';
import type { LogError, MeasuredLimit } from './load-limit.ts';

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
 * readings in relative terms. Near saturation, what a window shows varies as 1/(1 − ρ)², and a window too short for the
 * queue to fill shows too little: a reading has the weight (1 − ρ)⁴.
 *
 * @param saturation requests/s; infinite where unknown: then x is the load itself
 * @returns the saturation where the curve never reaches the limit; the lowest load where the curve is above the limit
 * there, or where all loads are too close to the saturation
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
  if (!first) return readings[0]?.perSecond ?? 0;
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
 * The error of the crossing's logarithm: the variance of each reading between its blocks, and that of the saturation,
 * carried through the curve (delta method). Null where no load was offered in two blocks, and where the error of the
 * saturation is not known; a load that was offered in one block varies as the others do.
 */
export function crossingError(
  readings: readonly Reading[],
  saturation: MeasuredLimit | null,
  at: (readings: readonly Reading[], saturation: number) => number,
): LogError | null {
  const perSecond = saturation?.perSecond ?? Number.POSITIVE_INFINITY;
  const repeated = readings.filter(({ blocks }) => blocks.length > 1);
  const degreesOf = ({ blocks }: Reading) => blocks.length - 1;
  if (repeated.length === 0 || saturation?.error === null) return null;
  const usual = sumOf(repeated.map(squaresOf)) / sumOf(repeated.map(degreesOf));
  const slope = (higher: number, lower: number) =>
    Math.log(higher / lower) / (2 * Math.log1p(step));
  const changed = (index: number, factor: number) =>
    readings.map((one, other) => (other === index ? { ...one, ms: one.ms * factor } : one));
  const parts = readings.map((reading, index): LogError => {
    const degreesOfFreedom = degreesOf(reading);
    const perRequest = degreesOfFreedom > 0 ? squaresOf(reading) / degreesOfFreedom : usual;
    const influence = slope(
      at(changed(index, 1 + step), perSecond),
      at(changed(index, 1 / (1 + step)), perSecond),
    );
    return {
      standardError: Math.abs(influence) * Math.sqrt(perRequest / reading.requests),
      degreesOfFreedom: Math.max(1, degreesOfFreedom),
    };
  });
  if (saturation?.error) {
    const influence = slope(
      at(readings, perSecond * (1 + step)),
      at(readings, perSecond / (1 + step)),
    );
    const { standardError, degreesOfFreedom } = saturation.error;
    parts.push({ standardError: Math.abs(influence) * standardError, degreesOfFreedom });
  }
  return sumOfErrors(parts);
}

/**
 * The error of a sum of independent terms, with the degrees of freedom of F. E. Satterthwaite, "An approximate distribution
 * of estimates of variance components" (1946).
 */
export function sumOfErrors(parts: readonly LogError[]): LogError {
  const variance = sumOf(parts.map((part) => part.standardError ** 2));
  const squares = sumOf(parts.map((part) => part.standardError ** 4 / part.degreesOfFreedom));
  const degreesOfFreedom = variance > 0 ? variance ** 2 / squares : parts.length;
  return { standardError: Math.sqrt(variance), degreesOfFreedom };
}

/** Squares of the logarithms of the blocks around their mean, weighted by requests. */
function squaresOf({ blocks }: Reading): number {
  const requests = sumOf(blocks.map((one) => one.requests));
  const mean = sumOf(blocks.map((one) => one.requests * Math.log(one.ms))) / requests;
  return sumOf(blocks.map((one) => one.requests * (Math.log(one.ms) - mean) ** 2));
}
