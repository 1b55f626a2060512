import { expect, test } from '@jest/globals';
import { summarise } from '../../../results/statistics/summary.ts';
import { type ArrivalSchedule, arrivalSchedule } from './arrival-schedule.ts';

const load = {
  ratePerSecond: 400,
  arrivals: 'poisson' as const,
  warmupSeconds: 0.2,
  windowSeconds: 2,
  weights: [20, 1],
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

/** The logarithm of the mean time that light requests spend in a server that works 0.4 ms for them and 20 ms for heavy ones. */
function logMeanMs(
  { offsetsMs, classIndices }: Pick<ArrivalSchedule, 'classIndices'> & { offsetsMs: Float64Array },
  fromMs: number,
): number {
  let freeMs = 0;
  const light: number[] = [];
  for (const [index, ms] of offsetsMs.entries()) {
    const isHeavy = classIndices[index] === 1;
    freeMs = Math.max(freeMs, ms) + (isHeavy ? 20 : 0.4);
    if (ms >= fromMs && !isHeavy) light.push(freeMs - ms);
  }
  return Math.log(summarise(light).mean);
}

test('the queue at a server varies half as much between schedules as it does by chance, and is no shorter', () => {
  const taken = seeds.map((seed) => logMeanMs(arrivalSchedule({ ...load, seed }), 200));
  // So many arrivals that nothing is chosen: one long schedule, cut into windows.
  const { offsetsMs, classIndices } = arrivalSchedule({
    ...load,
    warmupSeconds: 0,
    windowSeconds: 600,
    seed: 1,
  });
  const perWindow = 880;
  const byChance = seeds.map((window) => {
    const [from, to] = [perWindow * window, perWindow * (window + 1)];
    const startMs = offsetsMs[from] ?? 0;
    const part = {
      offsetsMs: offsetsMs.slice(from, to).map((ms) => ms - startMs),
      classIndices: classIndices.slice(from, to),
    };
    return logMeanMs(part, 200);
  });
  expect(summarise(taken).standardDeviation).toBeLessThan(
    0.5 * summarise(byChance).standardDeviation,
  );
  expect(Math.abs(summarise(taken).mean - summarise(byChance).mean)).toBeLessThan(0.06);
});
