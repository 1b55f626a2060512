import { expect, test } from '@jest/globals';
import { holmAdjusted } from './holm.ts';

test('adjusts p-values as statsmodels does, in the order given', () => {
  const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005, 0.2, 0.04]);
  for (const [index, p] of [0.05, 0.12, 0.12, 0.03, 0.2, 0.12].entries()) {
    expect(adjusted[index]).toBeCloseTo(p, 12);
  }
});

test('leaves a single p-value as it is, never exceeds 1, and accepts an empty list', () => {
  expect(holmAdjusted([0.03])).toEqual([0.03]);
  expect(holmAdjusted([0.6, 0.7])).toEqual([1, 1]);
  expect(holmAdjusted([])).toEqual([]);
});
