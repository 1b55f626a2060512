import { describe, expect, test } from '@jest/globals';
import { mergeDistributions, pooledSummary, TimeRecorder } from './distribution.ts';

function recorded(times: readonly number[], unanswered = 0) {
  const recorder = new TimeRecorder();
  for (const ms of times) recorder.record(ms);
  for (let index = 0; index < unanswered; index++) recorder.recordUnanswered();
  return recorder.summarise();
}

const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('a distribution', () => {
  test('gives quantiles within the histogram precision of 0.1 %', () => {
    const { count, p50Ms, p99Ms, maxMs, minMs } = recorded(oneToHundred);
    expect(count).toBe(100);
    expect(minMs).toBeCloseTo(1, 2);
    expect((p50Ms ?? 0) / 50).toBeCloseTo(1, 2);
    expect((p99Ms ?? 0) / 99).toBeCloseTo(1, 2);
    expect((maxMs ?? 0) / 100).toBeCloseTo(1, 2);
  });

  test('keeps times of a few microseconds apart', () => {
    const { minMs, maxMs } = recorded([0.011, 0.012]);
    expect(minMs).toBe(0.011);
    expect(maxMs).toBe(0.012);
  });

  test('ranks unanswered requests above every answered one', () => {
    const { count, p50Ms, p90Ms, p99Ms, maxMs, meanMs } = recorded(oneToHundred, 10);
    expect(count).toBe(110);
    expect((p50Ms ?? 0) / 55).toBeCloseTo(1, 2);
    expect((p90Ms ?? 0) / 99).toBeCloseTo(1, 2);
    expect([p99Ms, maxMs, meanMs]).toEqual([null, null, null]);
  });

  test('of nothing has no quantiles', () => {
    const { count, p50Ms, maxMs, minMs } = recorded([]);
    expect([count, p50Ms, maxMs, minMs]).toEqual([0, null, null, null]);
  });

  test('merged from parts equals the one recorded together', () => {
    const parts = [recorded(oneToHundred.slice(0, 30), 2), recorded(oneToHundred.slice(30), 1)];
    expect(mergeDistributions(parts)).toEqual(recorded(oneToHundred, 3));
  });

  test('has the same summary as the ones it is merged from', () => {
    const parts = [oneToHundred.slice(0, 30), [], oneToHundred.slice(30)].map((times) =>
      recorded(times),
    );
    const { histogram, meanMs, ...together } = recorded(oneToHundred);
    expect(histogram).not.toBe('');
    expect(pooledSummary(parts)).toEqual({ ...together, meanMs: expect.closeTo(meanMs ?? 0, 9) });
    expect(pooledSummary([...parts, recorded([1], 1)])).toMatchObject({ count: 102, meanMs: null });
    expect(pooledSummary([])).toBeNull();
    expect(pooledSummary([recorded([]), recorded([])])).toMatchObject({ count: 0, meanMs: null });
  });
});
