import { expect, test } from '@jest/globals';
import { calibrate } from './calibrate.ts';
import { droppedRepliesCases } from './cases/dropped-replies.ts';
import { judge, judgeTimes } from './row.ts';

test.each(droppedRepliesCases)(
  '$name are counted exactly (case %#)',
  async (item) => {
    for await (const { rows } of calibrate({ cases: [item] })) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ within }) => !within)).toEqual([]);
    }
  },
  20_000,
);

test('a reading further from the truth than its tolerance is out', () => {
  const row = {
    case: 'a case',
    instrument: 'open loop',
    quantity: 'a time',
    unit: 'ms',
    truth: 100,
    tolerance: 3,
  } as const;
  const readings = [97, 103, 96.9, 103.1, null];
  const within = readings.map((reading) => judge({ ...row, reading }).within);
  expect(within).toEqual([true, true, false, false, false]);
});

test('the tolerance of a time follows from its quantile', () => {
  const base = { case: 'a case', instrument: 'open loop' };
  const rows = judgeTimes(base, 'response time', null, { p50Ms: 20, p99Ms: 200, p999Ms: 300 });
  expect(rows.map(({ tolerance }) => tolerance)).toEqual([1, 6, 15]);
  expect(rows.map(({ quantity }) => quantity)).toEqual([
    'response time, p50',
    'response time, p99',
    'response time, p99.9',
  ]);
});
