import { expect, test } from '@jest/globals';
import { costInWords, limitInShort, limitText, objectiveInWords } from './load-text.ts';

test('a limit has its interval, or says on which side of the loads offered it lies', () => {
  const measured = { kind: 'measured', perSecond: 517.3, blocks: 4, error: null } as const;
  expect(limitText({ ...measured, interval: { low: 513, high: 522 } })).toBe('517 (513–522)');
  expect(limitText({ ...measured, interval: null })).toBe('517');
  expect(limitText({ kind: 'at-least', perSecond: 40 })).toBe('at least 40');
  expect(limitText({ kind: 'less-than', perSecond: 104 })).toBe('less than 104');
  expect(limitText({ kind: 'unknown', reason: '' })).toBe('–');
  expect(limitInShort({ ...measured, interval: { low: 513, high: 522 } })).toBe('517');
  expect(limitInShort({ kind: 'at-least', perSecond: 40 })).toBe('≥ 40');
  expect(limitInShort({ kind: 'less-than', perSecond: 104 })).toBe('< 104');
});

test('an objective names its class, where it has one', () => {
  const objective = { class: null, percentile: 'p95', belowMs: 100 } as const;
  expect(objectiveInWords(objective)).toBe('p95 < 100 ms');
  expect(objectiveInWords({ ...objective, class: 'light', percentile: 'p50' })).toBe(
    'light median < 100 ms',
  );
});

test('a cost says what is known', () => {
  const spread = { median: 0.25, low: 0.24, high: 0.26, blocks: 2 };
  const loads = [
    { offeredPerSecond: 60, cpuMs: spread },
    { offeredPerSecond: 1200, cpuMs: { ...spread, median: 0.2, low: 0.19, high: 0.21 } },
  ];
  const idle = { coresBusy: 0.002, memoryBytes: 48 * 2 ** 20 };
  expect(costInWords({ loads, idle })).toBe(
    'CPU per request: 0.25 ms at 60 requests/s, 0.20 ms at 1,200; idle: 0.2 % of a core, 48 MiB',
  );
  expect(costInWords({ loads: [], idle: { ...idle, coresBusy: null } })).toBe('idle: 48 MiB');
  expect(costInWords({ loads: [], idle: null })).toBeNull();
});
