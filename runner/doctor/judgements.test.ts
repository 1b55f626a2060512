import { describe, expect, test } from '@jest/globals';
import { judgeClock } from './clock.ts';
import {
  judgeBacklog,
  judgeCores,
  judgeLayout,
  judgeOpenFiles,
  judgePrecedence,
} from './limits.ts';
import { judgeNoise } from './noise.ts';

describe('the doctor', () => {
  test.each([
    [1, 8, 'bad'],
    [2, 2, 'mind'],
    [8, 8, 'good'],
  ] as const)('finds %d of %d CPUs %s', (available, online, state) => {
    expect(judgeCores(available, online).state).toBe(state);
  });

  test('minds a client on a hyper-thread of a core that servers use', () => {
    const layout = { mode: 'isolated' as const, serverCpus: [0, 1, 2], clientCpus: [3] };
    const statesOf = (change: { sharesCore?: true }) =>
      judgeLayout({ ...layout, ...change }).map(({ state }) => state);
    expect(statesOf({})).toEqual(['good']);
    expect(statesOf({ sharesCore: true })).toEqual(['mind']);
  });

  test.each([
    [true, 'shared', 'good'],
    [false, 'shared', 'mind'],
    [false, 'isolated', 'good'],
  ] as const)('finds real-time priority %s for a client on %s CPUs %s', (may, mode, state) => {
    expect(judgePrecedence(may, { mode, serverCpus: [], clientCpus: [] }).state).toBe(state);
  });

  test.each([
    [null, 'good'],
    [256, 'bad'],
    [1024, 'mind'],
    [65_535, 'good'],
  ] as const)('finds an open-files limit of %p %s', (limit, state) => {
    expect(judgeOpenFiles(limit).state).toBe(state);
  });

  test('tells how to raise a backlog limit that is too low', () => {
    expect(judgeBacklog(128)).toMatchObject({
      state: 'mind',
      advice: expect.stringContaining('somaxconn=4096'),
    });
    expect(judgeBacklog(4096).state).toBe('good');
  });

  test('finds late timers and a coarse clock worth minding', () => {
    const states = (resolutionMicros: number, timerLateMs: number) =>
      judgeClock({ resolutionMicros, timerLateMs }).map(({ state }) => state);
    expect(states(0.1, 0.5)).toEqual(['good', 'good']);
    expect(states(15, 8)).toEqual(['mind', 'mind']);
  });

  test('finds a machine noisy by its speed, its pressure or its stolen time', () => {
    const canary = (referenceLoopMs: number, cpuPressureShare = 0, stealShare = 0) => ({
      block: 0,
      referenceLoopMs,
      cpuPressureShare,
      stealShare,
    });
    const states = (...noiseProbes: Parameters<typeof judgeNoise>[0]) =>
      judgeNoise(noiseProbes).map(({ state }) => state);
    expect(states(canary(1), canary(1.01))).toEqual(['good', 'good', 'good']);
    expect(states(canary(1), canary(1.2))).toEqual(['mind', 'good', 'good']);
    expect(states(canary(1), canary(1, 0.1, 0.5))).toEqual(['good', 'mind', 'bad']);
  });
});
