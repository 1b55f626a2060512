import { describe, expect, test } from '@jest/globals';
import { fitToBudget, type Profile, profiles, settleSeconds } from './budget.ts';

const cellsOf = (all: number, swept = 0) => ({ all, swept, calibrated: 0 });

const wholeSeconds = (profile: Profile, all: number, swept: number) => {
  const { blocks, warmupSeconds, durationSeconds, rates, sweep } = fitToBudget(profile, {
    all,
    swept,
    calibrated: 0,
  });
  const trials = blocks * (all + (profile.controls ? 1 : 0));
  const oneSweep = sweep
    ? sweep.connections.length * (sweep.warmupSeconds + sweep.windowSeconds + 0.05)
    : 0;
  const opens = (trials - trials / blocks) * rates.length;
  return (
    trials * (1.1 + warmupSeconds + durationSeconds) +
    opens * (settleSeconds(durationSeconds) + durationSeconds) +
    blocks * swept * oneSweep +
    all * (profile.predictions ? 1.6 : 0.15)
  );
};

describe('a budget', () => {
  test('gives a small run the windows and blocks that it would like', () => {
    expect(fitToBudget(profiles.quick, cellsOf(1))).toEqual({
      blocks: 3,
      warmupSeconds: 0.3,
      durationSeconds: 2,
      rates: ['shared'],
      sweep: null,
    });
  });

  test('gives three models and three workloads six blocks by default', () => {
    expect(fitToBudget(profiles.standard, cellsOf(9)).blocks).toBe(6);
  });

  test('gives three models and three workloads three blocks in a quick run', () => {
    expect(fitToBudget(profiles.quick, cellsOf(9)).blocks).toBe(3);
  });

  test('takes the time of calibrations from the windows and blocks', () => {
    const calibrated = { ...cellsOf(3), calibrated: 3 };
    expect(fitToBudget(profiles.quick, calibrated)).toEqual(
      fitToBudget({ ...profiles.quick, budgetSeconds: 57 - 24 }, cellsOf(3)),
    );
  });

  test('leaves open loops out when there is no time for them', () => {
    expect(fitToBudget(profiles.quick, cellsOf(21)).rates).toEqual([]);
  });

  test('does not bind a run whose blocks were chosen, which then leaves nothing out', () => {
    expect(fitToBudget(profiles.standard, cellsOf(21), 5)).toMatchObject({
      rates: ['shared', 'proportional'],
      blocks: 5,
      durationSeconds: profiles.standard.durationSeconds,
    });
  });

  test('holds a model against its original near the capacity of each, and over connections', () => {
    const { rates, sweep, blocks } = fitToBudget(profiles.quick, cellsOf(4, 4));
    expect(rates).toEqual(['shared', 'proportional']);
    expect(sweep).toEqual(profiles.quick.sweep);
    expect(blocks).toBe(3);
  });

  test.each([
    ['quick', 1, 0],
    ['quick', 3, 0],
    ['quick', 6, 6],
    ['quick', 9, 0],
    ['quick', 21, 0],
    ['standard', 1, 0],
    ['standard', 6, 6],
    ['standard', 9, 0],
    ['standard', 21, 0],
    ['standard', 21, 21],
    ['rigorous', 9, 0],
    ['rigorous', 28, 28],
  ] as const)('of a %s run with %d cells, %d of them swept, is kept', (name, cells, swept) => {
    expect(wholeSeconds(profiles[name], cells, swept)).toBeLessThanOrEqual(
      profiles[name].budgetSeconds,
    );
  });

  test('drops blocks and shrinks windows, but never the warm-up', () => {
    const many = fitToBudget(profiles.quick, cellsOf(40));
    expect(many.blocks).toBe(1);
    expect(many.warmupSeconds).toBe(profiles.quick.warmupSeconds);
  });
});
