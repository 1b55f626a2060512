import { describe, expect, test } from '@jest/globals';
import { splitShare, whole } from '../share.ts';
import { type ArrivalSchedule, arrivalSchedule } from './arrival-schedule.ts';

const load = {
  ratePerSecond: 1000,
  arrivals: 'poisson' as const,
  warmupSeconds: 10,
  windowSeconds: 90,
  weights: [1, 3],
  seed: 5,
};

const brief = (windowSeconds: number) => ({ warmupSeconds: 0, windowSeconds });

function gaps(offsetsMs: Float64Array): number[] {
  return [...offsetsMs].slice(1).map((ms, index) => ms - (offsetsMs[index] ?? 0));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('an arrival schedule', () => {
  test('is the same for the same seed, and different for another', () => {
    expect(arrivalSchedule(load)).toEqual(arrivalSchedule(load));
    expect(arrivalSchedule({ ...load, seed: 6 }).offsetsMs).not.toEqual(
      arrivalSchedule(load).offsetsMs,
    );
  });

  test('has each arrival in one of its shares, with its class', () => {
    const pairsOf = (schedule: ArrivalSchedule) =>
      [...schedule.offsetsMs].map((ms, index) => [ms, schedule.classIndices[index]] as const);
    const shares = splitShare(whole, 3).map((share) =>
      pairsOf(arrivalSchedule({ ...load, share })),
    );
    expect(shares.flat().toSorted(([a], [b]) => a - b)).toEqual(pairsOf(arrivalSchedule(load)));
    for (const share of shares) expect(share.length / 100_000).toBeCloseTo(1 / 3, 2);
  });

  test('has exponential gaps with the right mean when Poisson', () => {
    const values = gaps(arrivalSchedule(load).offsetsMs);
    const average = mean(values);
    const deviation = Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
    expect(average).toBeCloseTo(1, 1);
    expect(deviation / average).toBeCloseTo(1, 1);
    expect(values.filter((value) => value > 1).length / values.length).toBeCloseTo(1 / Math.E, 2);
  });

  test('has independent gaps when Poisson', () => {
    const values = gaps(arrivalSchedule(load).offsetsMs).map((value) => value - 1);
    const products = values.slice(1).map((value, index) => value * (values[index] ?? 0));
    expect(Math.abs(mean(products))).toBeLessThan(0.02);
  });

  test('has equal gaps when uniform', () => {
    const { offsetsMs } = arrivalSchedule({ ...load, arrivals: 'uniform', ...brief(0.005) });
    expect([...offsetsMs]).toEqual([0, 1, 2, 3, 4]);
  });

  test('has each class as often as its weight says, in random order', () => {
    const { classIndices } = arrivalSchedule(load);
    const classes = [...classIndices];
    // Warm-up and window are each rounded.
    expect(Math.abs(mean(classes) - 0.75)).toBeLessThan(2 / classes.length);
    const after = classes.slice(1).filter((_, index) => classes[index] === 0);
    const standardError = Math.sqrt((0.75 * 0.25) / after.length);
    expect(Math.abs(mean(after) - 0.75)).toBeLessThan(4 * standardError);
  });

  test('favours no class where weights do not divide', () => {
    const few = { ...load, weights: [20, 1], ...brief(0.01) };
    const heavyShare = Array.from({ length: 2000 }, (_, seed) => {
      const { classIndices } = arrivalSchedule({ ...few, seed });
      return {
        heavy: classIndices.filter((index) => index === 1).length,
        all: classIndices.length,
      };
    });
    const sum = (key: 'heavy' | 'all') => heavyShare.reduce((total, one) => total + one[key], 0);
    expect(sum('heavy') / sum('all')).toBeCloseTo(1 / 21, 2);
    expect(heavyShare.every(({ heavy, all }) => heavy <= Math.ceil(all / 21))).toBe(true);
  });

  test.each([5, 20, 80])(
    'sends %d requests/s and each class as often as due, on average',
    (rate) => {
      const seconds = { warmupSeconds: 0.3, windowSeconds: 1 };
      const windows = Array.from({ length: 2000 }, (_, seed) => {
        const one = arrivalSchedule({
          ...load,
          ...seconds,
          ratePerSecond: rate,
          weights: [20, 1],
          seed,
        });
        const inWindow = [...one.classIndices].filter(
          (_, index) => (one.offsetsMs[index] ?? 0) >= 300,
        );
        return { all: inWindow.length, heavy: inWindow.filter((index) => index === 1).length };
      });
      const all = mean(windows.map((one) => one.all));
      const heavy = mean(windows.map((one) => one.heavy));
      expect(Math.abs(all / rate - 1)).toBeLessThan(4 / Math.sqrt(2000 * rate));
      expect(Math.abs((21 * heavy) / rate - 1)).toBeLessThan(4 * Math.sqrt(21 / (2000 * rate)));
    },
  );
});
