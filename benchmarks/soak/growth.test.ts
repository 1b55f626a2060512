import { expect, test } from '@jest/globals';
import { seededRandom } from '../../results/statistics/random.ts';
import { growthOf } from './growth.ts';

const random = seededRandom(1, 'soak');
const readings = (leakEach: number) =>
  Array.from({ length: 120 }, (_, index) => 100 + leakEach * index + 4 * random());

test('a leak is growth, noise and a warm-up are not', () => {
  expect(growthOf(readings(0.1))).toMatchObject({ isGrowth: true });
  expect(growthOf(readings(0.1)).change).toBeCloseTo(0.1 * 8 * 9, 0);
  expect(growthOf(readings(0))).toMatchObject({ isGrowth: false });
  const warmUp = readings(0).map((value, index) => (index < 30 ? value - 50 : value));
  expect(growthOf(warmUp)).toMatchObject({ isGrowth: false });
});

test('a quantity that never changes does not grow', () => {
  expect(growthOf(Array.from({ length: 30 }, () => 7))).toMatchObject({
    change: 0,
    isGrowth: false,
  });
});
