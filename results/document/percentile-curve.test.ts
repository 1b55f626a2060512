import { describe, expect, test } from '@jest/globals';
import { TimeRecorder } from './distribution.ts';
import { percentileCurve } from './percentile-curve.ts';

function recorded(answered: number, unanswered = 0) {
  const recorder = new TimeRecorder();
  for (let ms = 1; ms <= answered; ms++) recorder.record(ms);
  for (let index = 0; index < unanswered; index++) recorder.recordUnanswered();
  return recorder;
}

describe('a percentile curve', () => {
  test('starts at the median, rises, and ends where one request is left', () => {
    const curve = percentileCurve(recorded(1000), [50, 99, 99.9, 99.99]);
    expect(curve[0]?.percentile).toBe(50);
    expect((curve[0]?.ms ?? 0) / 500).toBeCloseTo(1, 2);
    expect(curve.at(-1)?.percentile).toBe(99.9);
    const times = curve.map(({ ms }) => ms);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('agrees with the summary at the percentiles that it names', () => {
    const times = recorded(997);
    const distribution = times.summarise();
    const at = (wanted: number) =>
      percentileCurve(times, [wanted]).find(({ percentile }) => percentile === wanted)?.ms;
    expect([at(50), at(90), at(95), at(99)]).toEqual([
      distribution.p50Ms,
      distribution.p90Ms,
      distribution.p95Ms,
      distribution.p99Ms,
    ]);
  });

  test('ends before the requests that were never answered', () => {
    const percentiles = percentileCurve(recorded(90, 10), [90, 95]).map(
      ({ percentile }) => percentile,
    );
    expect(percentiles.at(-1)).toBe(90);
  });

  test('of nothing is empty', () => {
    expect(percentileCurve(recorded(0, 5), [50])).toEqual([]);
  });
});
