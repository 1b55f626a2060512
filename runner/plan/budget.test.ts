import { describe, expect, test } from '@jest/globals';
import { fitToBudget, type Profile, profiles } from './budget.ts';

const wholeSeconds = (profile: Profile, cells: number) => {
  const { blocks, warmupSeconds, durationSeconds, rates } = fitToBudget(profile, cells);
  const trials = blocks * (cells + (profile.controls ? 1 : 0));
  const opens = (trials - trials / blocks) * rates.length;
  return (
    trials * (1.1 + warmupSeconds + durationSeconds) +
    opens * durationSeconds +
    cells * (profile.predictions ? 0.65 : 0.15)
  );
};

describe('a budget', () => {
  test('gives a small run the windows and blocks that it would like', () => {
    expect(fitToBudget(profiles.quick, 1)).toEqual({
      blocks: 3,
      warmupSeconds: 0.3,
      durationSeconds: 2,
      rates: ['common'],
    });
  });

  test('gives three models and three workloads six blocks by default', () => {
    expect(fitToBudget(profiles.standard, 9).blocks).toBe(6);
  });

  test('gives three models and three workloads three blocks in a quick run', () => {
    expect(fitToBudget(profiles.quick, 9).blocks).toBe(3);
  });

  test('leaves open loops out when there is no time for them', () => {
    expect(fitToBudget(profiles.quick, 21).rates).toEqual([]);
  });

  test.each([
    ['quick', 1],
    ['quick', 3],
    ['quick', 9],
    ['quick', 21],
    ['standard', 1],
    ['standard', 9],
    ['standard', 21],
    ['rigorous', 9],
    ['rigorous', 28],
  ] as const)('of a %s run with %d cells is kept', (name, cells) => {
    expect(wholeSeconds(profiles[name], cells)).toBeLessThanOrEqual(profiles[name].budgetSeconds);
  });

  test('drops blocks and shrinks windows, but never the warm-up', () => {
    const many = fitToBudget(profiles.quick, 40);
    expect(many.blocks).toBe(1);
    expect(many.warmupSeconds).toBe(profiles.quick.warmupSeconds);
  });
});
