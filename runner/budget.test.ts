import { describe, expect, test } from '@jest/globals';
import { fitToBudget, profiles } from './budget.ts';

describe('a budget', () => {
  test('gives a small run the windows and blocks it would like', () => {
    expect(fitToBudget(profiles.quick, 1)).toEqual({
      blocks: 3,
      warmupSeconds: 0.4,
      durationSeconds: 2,
    });
  });

  test.each([1, 3, 9, 21, 28])('of a quick run with %d cells is kept', (cells) => {
    const { blocks, warmupSeconds, durationSeconds } = fitToBudget(profiles.quick, cells);
    expect(blocks * cells * (warmupSeconds + durationSeconds + 0.8)).toBeLessThanOrEqual(52);
  });

  test('drops blocks and shrinks windows, but never the warm-up', () => {
    const many = fitToBudget(profiles.quick, 21);
    expect(many.blocks).toBe(1);
    expect(many.warmupSeconds).toBe(profiles.quick.warmupSeconds);
  });
});
