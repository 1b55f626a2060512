import { describe, expect, test } from '@jest/globals';
import { fitToBudget, type Profile, profiles, settleSeconds, sweepSeconds } from './budget.ts';

const nothingElse = { once: 0, perBlock: 0 };
/** A model and a reference may be swept and loaded at both rates, with --fairness demand. */
const pairs = (profile: Profile, swept: number) => ({
  profile: swept > 0 ? ({ ...profile, rates: ['shared', 'proportional'] } as const) : profile,
  extra: { once: 0, perBlock: swept * sweepSeconds(profile.sweep) },
});

const wholeSeconds = (base: Profile, trialsPerBlock: number, swept: number) => {
  const { profile, extra } = pairs(base, swept);
  const timing = fitToBudget(profile, trialsPerBlock, extra);
  const { blocks, warmupSeconds, durationSeconds, rates } = timing;
  const trials = blocks * (trialsPerBlock + (profile.controls ? 1 : 0));
  const opens = (trials - trials / blocks) * rates.length;
  return (
    trials * (1.1 + warmupSeconds + durationSeconds) +
    opens * (settleSeconds(durationSeconds) + durationSeconds) +
    blocks * extra.perBlock +
    trialsPerBlock * (profile.predictions ? 1.6 : 0.15)
  );
};

describe('a budget', () => {
  test('gives a small run the windows and blocks of its profile', () => {
    expect(fitToBudget(profiles.quick, 1, nothingElse)).toEqual({
      blocks: 3,
      warmupSeconds: 0.3,
      durationSeconds: 2,
      rates: ['shared'],
    });
  });

  test('gives three models and three workloads six blocks by default', () => {
    expect(fitToBudget(profiles.standard, 9, nothingElse).blocks).toBe(6);
  });

  test('gives three models and three workloads three blocks in a quick run', () => {
    expect(fitToBudget(profiles.quick, 9, nothingElse).blocks).toBe(3);
  });

  test('takes the time of calibrations from windows and blocks', () => {
    expect(fitToBudget(profiles.quick, 3, { once: 24, perBlock: 0 })).toEqual(
      fitToBudget(
        { ...profiles.quick, budgetSeconds: profiles.quick.budgetSeconds - 24 },
        3,
        nothingElse,
      ),
    );
  });

  test('leaves open loops out when there is no time for them', () => {
    expect(fitToBudget(profiles.quick, 21, nothingElse).rates).toEqual([]);
  });

  test('does not limit a run whose blocks were chosen, which leaves nothing out', () => {
    expect(fitToBudget(profiles.standard, 21, nothingElse, 5)).toMatchObject({
      rates: ['shared', 'proportional'],
      blocks: 5,
      durationSeconds: profiles.standard.durationSeconds,
    });
  });

  test('leaves a quick run time to compare models and references at both rates', () => {
    const { profile, extra } = pairs(profiles.quick, 4);
    const { rates, blocks } = fitToBudget(profile, 4, extra);
    expect(rates).toEqual(['shared', 'proportional']);
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
  ] as const)(
    'of a %s run with %d trials per block, %d of them swept, is kept',
    (name, trials, swept) => {
      expect(wholeSeconds(profiles[name], trials, swept)).toBeLessThanOrEqual(
        profiles[name].budgetSeconds,
      );
    },
  );

  test('drops blocks and shrinks windows, but never the warm-up', () => {
    const many = fitToBudget(profiles.quick, 40, nothingElse);
    expect(many.blocks).toBe(1);
    expect(many.warmupSeconds).toBe(profiles.quick.warmupSeconds);
  });
});
