import { describe, expect, test } from '@jest/globals';
import { loadSentence } from '../reports/findings/load-sentences.ts';
import {
  sampleClosedLoop,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
} from '../test/sample-document.ts';
import { loadPointsOf, tailOf } from './load-points.ts';
import { predictedCurve } from './predicted-curve.ts';

const unstable = { code: 'unstable', severity: 'void', message: 'too much', advice: '' } as const;

/** A trial at its own rate (70 or 76 requests/s) or at others, whose mean and median are as many ms as told. */
const trial = (block: number, ...rates: readonly [perSecond: number, ms: number | 'unstable'][]) =>
  sampleTrial({ block }, [
    sampleClosedLoop(),
    ...rates.map(([offeredPerSecond, ms]) =>
      sampleOpenLoop({
        rate: [70, 76].includes(offeredPerSecond) ? 'proportional' : 'shared',
        offeredPerSecond,
        responseTime: sampleTimes(3000, ms === 'unstable' ? 900 : ms),
        warnings: ms === 'unstable' ? [unstable] : [],
      }),
    ),
  ]);

describe('response time by load', () => {
  test('has a point for each rate; for the server’s own at the median of what was offered', () => {
    const points = loadPointsOf([trial(1, [70, 4], [50, 2]), trial(2, [50, 3], [76, 6])], 99);
    expect(points).toMatchObject([
      { offeredPerSecond: 50, blocks: 2, p50: { low: 2, high: 3 }, tail: { low: 4, high: 6 } },
      { offeredPerSecond: 73, blocks: 2, mean: { low: 4, high: 6 }, unstableBlocks: 0 },
    ]);
  });

  test('has no times at a rate that was too much in any block', () => {
    const [point] = loadPointsOf([trial(1, [50, 2]), trial(2, [50, 'unstable'])], 99);
    expect(point).toMatchObject({
      unstableBlocks: 1,
      blocks: 2,
      p50: null,
      mean: null,
      tail: null,
    });
  });

  test('leaves out what is void for another reason, but not that it was offered', () => {
    const late = trial(2, [50, 9]);
    late.warnings.push({ ...unstable, code: 'littles-law' });
    const [point] = loadPointsOf([trial(1, [50, 2]), late], 99);
    expect(point).toMatchObject({ blocks: 2, unstableBlocks: 0, p50: { blocks: 1, median: 2 } });
  });

  test('tells the highest percentile that every trial has three requests beyond', () => {
    const withRequests = (...counts: number[]) =>
      tailOf(
        counts.map((count, block) =>
          sampleTrial({ block }, [sampleOpenLoop({ responseTime: sampleTimes(count, 3) })]),
        ),
      );
    expect(withRequests(3000, 300)).toBe(99);
    expect(withRequests(3000, 299)).toBe(95);
    expect(withRequests(59)).toBe(90);
    expect(withRequests(29)).toBeNull();
    expect(withRequests()).toBeNull();
  });
});

describe('the predicted curve', () => {
  const prediction = {
    throughputPerSecond: 100,
    capacityPerSecond: 100,
    meanResponseMs: (rate: number) => (rate < 100 ? 1000 / (100 - rate) : null),
  };

  test('goes to the last rate where there is room for it', () => {
    const curve = predictedCurve(prediction, 50, 1000);
    expect(curve[0]).toEqual({ perSecond: 0, ms: 10 });
    expect(curve.at(-1)).toEqual({ perSecond: 50, ms: 20 });
  });

  test('ends where it leaves the chart, and never beyond what can be served', () => {
    const end = predictedCurve(prediction, 300, 40).at(-1);
    expect(end?.perSecond).toBeCloseTo(75, 6);
    expect(end?.ms).toBeCloseTo(40, 6);
  });

  test('is not drawn where all of it is above the chart', () => {
    expect(predictedCurve(prediction, 50, 5)).toEqual([]);
  });

  test('stands in a sentence beside what was measured', () => {
    const [stable, over] = loadPointsOf([trial(1, [50, 2], [120, 'unstable'])], 99);
    expect(stable && loadSentence(stable, prediction, 99)).toBe(
      'At 50 requests/s p50 2 ms, p99 4 ms, mean 2 ms, predicted 20 ms.',
    );
    expect(over && loadSentence(over, prediction, 99)).toBe(
      'At 120 requests/s unstable in 1 of 1 block: more than it could bear, so that no time is told.',
    );
  });
});
