import { expect, test } from '@jest/globals';
import { geometricMeanOf, medianOf, spreadOf, summarise } from './summary.ts';

test('summarises values by their count, mean and unbiased standard deviation', () => {
  const { count, mean, standardDeviation } = summarise([2, 4, 4, 4, 5, 5, 7, 9]);
  expect([count, mean]).toEqual([8, 5]);
  expect(standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test('has no standard deviation for one value and no mean for none', () => {
  expect(summarise([3])).toEqual({ count: 1, mean: 3, standardDeviation: Number.NaN });
  expect(summarise([]).mean).toBeNaN();
});

test('gives the median, which of an even number is the mean of the middle two', () => {
  expect(medianOf([9, 1, 4])).toBe(4);
  expect(medianOf([9, 1, 4, 2])).toBe(3);
  expect(medianOf([])).toBeNaN();
});

test('gives the geometric mean', () => {
  expect(geometricMeanOf([1, 100])).toBeCloseTo(10, 12);
});

const blocks = (...values: number[]) => new Map(values.map((value, block) => [block, value]));

test('a spread has the median, and the lowest and highest block; without blocks it is null', () => {
  expect(spreadOf(blocks(3, 1, 2))).toEqual({ median: 2, low: 1, high: 3, blocks: 3 });
  expect(spreadOf(blocks(4, 1, 2, 3))?.median).toBe(2.5);
  expect(spreadOf(blocks())).toBeNull();
});
