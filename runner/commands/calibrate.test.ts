import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import type { CalibrationOutcome } from '../calibration/calibrate.ts';
import { conclude, describeOutcome } from './calibrate.ts';

const outcome: CalibrationOutcome = {
  case: 'server stopped for 1 s of 8 s',
  othersCpuShare: 0.02,
  checks: [
    {
      generator: 'closed loop',
      quantity: 'throughput',
      unit: 'req/s',
      expected: 12_640,
      measured: 12_638.7,
      tolerance: 126.4,
    },
    {
      generator: 'open loop',
      quantity: 'response time, p99.9',
      unit: 'ms',
      expected: 992.004,
      measured: 993.28,
      tolerance: 49.6,
    },
    {
      generator: 'open loop',
      quantity: 'send lag, p99',
      unit: 'ms',
      expected: 0,
      measured: 0.268,
      tolerance: 1,
    },
    {
      generator: 'open loop',
      quantity: 'unaccounted requests',
      unit: 'count',
      expected: 0,
      measured: 0,
      tolerance: 0,
    },
  ],
};
const [throughput] = outcome.checks;
const deviating: CalibrationOutcome = {
  ...outcome,
  checks: throughput ? [{ ...throughput, measured: 9000 }] : [],
};

test('a case is a table with the numbers as people write them', () => {
  expect(stripVTControlCharacters(describeOutcome(outcome))).toBe(
    `server stopped for 1 s of 8 s
               quantity                  expected      measured    tolerance
  closed loop  throughput            12,640 req/s  12,639 req/s  ± 126 req/s  ✓
  open loop    response time, p99.9        992 ms      993.3 ms    ± 49.6 ms  ✓
  open loop    send lag, p99                 0 ms       0.27 ms       ± 1 ms  ✓
  open loop    unaccounted requests             0             0        exact  ✓`,
  );
});

test('a value that is missing or out of tolerance is marked', () => {
  const missing = { ...deviating, checks: deviating.checks.map((c) => ({ ...c, measured: null })) };
  expect(describeOutcome(deviating)).toMatch(/9,000 req\/s.*✗/);
  expect(describeOutcome(missing)).toMatch(/none.*✗/);
});

test('a case without a tool to compare with says that it was skipped', () => {
  const text = describeOutcome({ ...outcome, checks: [] });
  expect(text).toContain('skipped: no other load tool is installed (wrk, h2load, hey)');
});

test('the CPU time of other programs is shown when it may explain a deviation', () => {
  const noise = 'other programs used 12 % of the CPU time meanwhile';
  expect(describeOutcome({ ...outcome, othersCpuShare: 0.12 })).toContain(noise);
  expect(describeOutcome(outcome)).not.toContain('other programs');
});

test('a calibration within tolerance says so; any other fails with advice', () => {
  expect(conclude([outcome, outcome])).toBe('All 8 values are within tolerance.');
  expect(() => conclude([outcome, deviating])).toThrow(
    '1 of 5 values out of tolerance: do not trust numbers from this machine',
  );
  expect(() => conclude([{ ...deviating, othersCpuShare: 0.3 }])).toThrow(
    '1 of 1 values out of tolerance: end other programs, then calibrate again',
  );
});
