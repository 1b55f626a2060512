import { expect, test } from '@jest/globals';
import { summarise } from './summary.ts';

test('summarises values by their count, mean and unbiased sd', () => {
  const { count, mean, standardDeviation } = summarise([2, 4, 4, 4, 5, 5, 7, 9]);
  expect([count, mean]).toEqual([8, 5]);
  expect(standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test('has no sd for one value and no mean for none', () => {
  expect(summarise([3])).toEqual({ count: 1, mean: 3, standardDeviation: Number.NaN });
  expect(summarise([]).mean).toBeNaN();
});
