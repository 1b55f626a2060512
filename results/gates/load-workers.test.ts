import { describe, expect, test } from '@jest/globals';
import { closed, resources } from '../../test/raised-warnings.ts';
import {
  sampleClosedLoop,
  sampleGateContext,
  sampleLoadWorker,
} from '../../test/sample-document.ts';
import type { LoadWorker } from '../document/run-document.ts';
import { disturbanceOf } from './noisy-host.ts';

describe('load workers', () => {
  const worker = sampleLoadWorker();
  const two = (change: Partial<LoadWorker>) => [worker, { ...worker, name: 'load2', ...change }];
  const codesOf = (change: Partial<LoadWorker>) => closed({ loadWorkers: two(change) });

  test('that do as agreed raise no warning', () => {
    expect(codesOf({})).toEqual([]);
  });

  test.each([
    ['longestSilenceMs', 1000, 1001, 'void load-worker-silent'],
    ['startedLateMs', 5, 6, 'void load-worker-late'],
    ['p50Ms', 100, 300, 'warn load-workers-disagree'],
    ['clockAheadMs', 1000, 1001, 'note load-worker-clock'],
    ['clockAheadMs', -1000, -3000, 'note load-worker-clock'],
  ] as const)('whose %s is %d are in order, with %d they are not', (key, within, beyond, code) => {
    expect(codesOf({ [key]: within })).toEqual([]);
    expect(new Set(codesOf({ [key]: beyond }))).toEqual(new Set([code]));
  });

  test('of which one is at its limit are found by its own CPU time', () => {
    const { windowSeconds } = sampleClosedLoop();
    const client = { ...resources, cpuSeconds: 0.5 * windowSeconds };
    const change = (share: number) =>
      closed({
        loadWorkers: two({ cpuSeconds: share * windowSeconds }),
        client,
        generatorProcesses: 2,
      });
    expect(change(0.7)).toEqual([]);
    expect(change(0.71)).toEqual(['void load-worker-saturated']);
  });

  test('on other machines use no CPU time of the machine of the run', () => {
    const { windowSeconds, server } = sampleClosedLoop();
    const client = { ...resources, cpuSeconds: 2 * windowSeconds };
    const busyCpuSeconds = (server.cpuSeconds ?? 0) + 0.3 * windowSeconds;
    const on = (onThisMachine: boolean) =>
      sampleClosedLoop({
        client,
        host: { busyCpuSeconds, stealSeconds: 0 },
        loadWorkers: two({ cpuSeconds: 2 * windowSeconds, onThisMachine }),
      });
    expect(disturbanceOf(on(true), sampleGateContext())).toBeNull();
    expect(disturbanceOf(on(false), sampleGateContext())).toContain('cores busy');
  });
});
