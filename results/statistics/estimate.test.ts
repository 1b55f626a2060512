import { expect, test } from '@jest/globals';
import { differencePValue, halfWidth, linearTrend, meanEstimate } from './estimate.ts';

test('a mean has an interval of t standard errors to either side', () => {
  const estimate = meanEstimate([1, 2, 3, 4]);
  expect(estimate.value).toBe(2.5);
  expect(halfWidth(estimate, 0.95)).toBeCloseTo(3.182446305284263 * Math.sqrt(5 / 3 / 4), 9);
});

test('a trend has the slope, standard error and p-value of linear regression', () => {
  // scipy.stats.linregress, SciPy 1.17.1.
  const trend = linearTrend([1, 3, 2, 5, 4, 6, 6.5]);
  expect(trend.value).toBeCloseTo(0.875, 12);
  expect(trend.standardError).toBeCloseTo(0.16424688982238447, 12);
  expect(differencePValue(trend)).toBeCloseTo(0.0031213601120554718, 10);
});

test('the slope of a straight line has no standard error', () => {
  expect(linearTrend([1, 2, 3])).toEqual({ value: 1, standardError: 0, degreesOfFreedom: 1 });
});
