import type { Prediction } from './predictions.ts';

const samples = 40;

/**
 * The mean response time that theory expects over the rates from 0 to `lastPerSecond`, or to where it leaves a chart
 * that ends at `highestMs`. Points lie closer together towards the end, where it rises most.
 */
export function predictedCurve(
  { meanResponseMs }: Prediction,
  lastPerSecond: number,
  highestMs: number,
): { readonly perSecond: number; readonly ms: number }[] {
  const isDrawn = (perSecond: number) =>
    (meanResponseMs(perSecond) ?? Number.POSITIVE_INFINITY) <= highestMs;
  if (!isDrawn(0)) return [];
  let [inside, outside] = [0, lastPerSecond];
  if (isDrawn(lastPerSecond)) inside = lastPerSecond;
  else {
    for (let step = 0; step < 40; step++) {
      const middle = (inside + outside) / 2;
      if (isDrawn(middle)) inside = middle;
      else outside = middle;
    }
  }
  return Array.from({ length: samples + 1 }, (_, index) => {
    const perSecond = inside * (1 - (1 - index / samples) ** 2);
    return { perSecond, ms: meanResponseMs(perSecond) ?? highestMs };
  });
}
