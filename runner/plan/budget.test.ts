import { describe, expect, test } from '@jest/globals';
import {
  curveBlockSeconds,
  firstBlocksSeconds as secondsByPlan,
  type TimedWorkload,
} from './block-seconds.ts';
import { fitToBudget, profiles } from './budget.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const workload = (servers: number, classes: number, swept = 0): TimedWorkload => ({
  classes: Array.from({ length: classes }, () => ({})),
  servers: names.slice(0, servers),
  sweptServers: names.slice(0, swept),
});
/** Two workloads of one class, and one of two. */
const three = (servers: number, swept = 0) =>
  [1, 1, 2].map((classes) => workload(servers, classes, swept));

const firstBlocksSeconds = (
  name: keyof typeof profiles,
  workloads: readonly TimedWorkload[],
  onceSeconds = 0,
) => {
  const profile = profiles[name];
  const timing = fitToBudget(profile, workloads, onceSeconds);

  return onceSeconds + secondsByPlan(workloads, { ...profile, ...timing }, profile.first.blocks);
};

describe('a budget', () => {
  test('gives a small run the windows of its profile', () => {
    expect(fitToBudget(profiles.quick, [workload(1, 1)], 0)).toEqual({
      blocks: 8,
      warmupSeconds: 0.3,
      durationSeconds: 2,
      furtherWindows: ['closed', 'shared', 'alone'],
      furtherBlocks: 4,
      budgetSeconds: 58,
      curve: { loads: 3, loadsPerBlock: 2, parts: 3, firstBlock: 0 },
      extraSeconds: 0,
    });
  });

  test('gives three models and three workloads four blocks early, and a complete load curve', () => {
    const timing = fitToBudget(profiles.standard, three(3), 0);
    expect(timing.furtherWindows).toEqual(profiles.standard.furtherWindows);
    expect(timing.curve).toEqual({ loads: 5, loadsPerBlock: 5, parts: 2, firstBlock: 4 });
    const seconds = firstBlocksSeconds('standard', three(3));
    expect(seconds).toBeLessThanOrEqual(145);
    expect(seconds + 2 * curveBlockSeconds(three(3), timing)).toBeLessThanOrEqual(235);
    const crowd = { ...workload(3, 0), connections: 10_000 };
    expect(curveBlockSeconds([crowd, ...three(3)], timing)).toBe(
      curveBlockSeconds(three(3), timing),
    );
  });

  test('leaves out the load curve before windows by which servers are compared', () => {
    const hard = { ...profiles.standard, trialsPerBlock: 18 };
    const timing = fitToBudget(hard, three(6), 0);
    expect(timing.furtherWindows).toEqual(profiles.standard.furtherWindows);
    expect(timing.curve).toBeNull();
  });

  test('grows with the number of servers and workloads, so that nothing is left out', () => {
    expect(fitToBudget(profiles.standard, three(3), 0).extraSeconds).toBe(0);
    const timing = fitToBudget(profiles.standard, three(7), 0);
    expect(timing).toMatchObject({ budgetSeconds: 494, extraSeconds: 259 });
    expect(timing.curve).not.toBeNull();
  });

  test.each([
    [1, { loads: 5, loadsPerBlock: 5, parts: 2, firstBlock: 0 }],
    [3, { loads: 5, loadsPerBlock: 5, parts: 2, firstBlock: 0 }],
  ])('spreads the load curve over %s chosen blocks', (blocks, curve) => {
    expect(fitToBudget(profiles.standard, three(3), 0, blocks).curve).toEqual(curve);
  });

  test('leaves a quick run of three models and three workloads the main windows, and time for more blocks', () => {
    const timing = fitToBudget(profiles.quick, three(3), 0);
    expect(timing.furtherWindows).toEqual([]);
    expect(timing.budgetSeconds).toBe(58);
    expect(firstBlocksSeconds('quick', three(3))).toBeLessThanOrEqual(54);
  });

  test('is used for calibrations too', () => {
    const { durationSeconds } = fitToBudget(profiles.quick, [workload(3, 1)], 24);
    expect(durationSeconds).toBeLessThan(2);
    expect(firstBlocksSeconds('quick', [workload(3, 1)], 24)).toBeLessThanOrEqual(54);
  });

  test('is extended where three blocks would not fit', () => {
    const timing = fitToBudget(profiles.quick, three(7), 0);
    expect(timing.budgetSeconds).toBe(58 + timing.extraSeconds);
    expect(timing.extraSeconds).toBeGreaterThan(0);
    expect(timing.durationSeconds).toBe(profiles.quick.shortestDurationSeconds);
    expect(firstBlocksSeconds('quick', three(7))).toBeLessThanOrEqual(timing.budgetSeconds ?? 0);
  });

  test('does not limit a run whose blocks were chosen, which leaves nothing out', () => {
    expect(fitToBudget(profiles.standard, three(7), 0, 5)).toMatchObject({
      furtherWindows: profiles.standard.furtherWindows,
      blocks: 5,
      durationSeconds: profiles.standard.durationSeconds,
      budgetSeconds: null,
    });
  });

  test('keeps the rate at which models and references are compared', () => {
    const furtherWindows = ['closed', 'shared', 'alone', 'proportional'] as const;
    const timing = fitToBudget({ ...profiles.quick, furtherWindows }, three(7, 6), 0);
    expect(timing.furtherWindows).toEqual(['proportional']);
  });

  test.each([
    ['standard', three(1)],
    ['standard', three(7)],
    ['standard', [workload(3, 1, 3), workload(3, 1, 3)]],
    ['rigorous', three(3)],
    ['rigorous', three(7)],
  ] as const)('of a %s run is kept, and its warm-up is never cut', (name, workloads) => {
    const timing = fitToBudget(profiles[name], workloads, 0);
    expect(timing.warmupSeconds).toBe(profiles[name].warmupSeconds);
    const { budgetSeconds } = timing;
    expect(budgetSeconds).toBe(profiles[name].budgetSeconds + timing.extraSeconds);
    expect(firstBlocksSeconds(name, workloads)).toBeLessThanOrEqual(budgetSeconds ?? 0);
  });
});
