import { expect, test } from '@jest/globals';
import { startGenerator } from '../load/generator.ts';
import { calibrate } from './calibrate.ts';
import { droppedResponseCases } from './cases/disturbances.ts';
import { checkTimes, isWithin } from './check.ts';

test.each(droppedResponseCases)(
  '$name: each is counted once',
  async (item) => {
    const generator = startGenerator();
    const { signal } = new AbortController();
    for await (const { checks } of calibrate({ generator, host: '127.0.0.1' }, [item], signal)) {
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter((check) => !isWithin(check))).toEqual([]);
    }
    await generator.stop();
  },
  20_000,
);

test('a measured value is within its tolerance, the limits included', () => {
  const check = { generator: '', quantity: '', unit: 'ms', expected: 100, tolerance: 3 } as const;
  const within = [97, 103, 96.9, 103.1, null].map((measured) => isWithin({ ...check, measured }));
  expect(within).toEqual([true, true, false, false, false]);
});

test('the tolerance of a time depends on its quantile', () => {
  const known = { p50Ms: 20, p99Ms: 200, p999Ms: 300 };
  const checks = checkTimes('open loop', 'response time', null, known);
  expect(checks.map(({ tolerance }) => tolerance)).toEqual([1, 6, 15]);
  expect(checks.map(({ quantity }) => quantity)).toEqual([
    'response time, p50',
    'response time, p99',
    'response time, p99.9',
  ]);
});
