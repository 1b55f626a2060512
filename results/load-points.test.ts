import { describe, expect, test } from '@jest/globals';
import { loadSentence } from '../reports/findings/response-times.ts';
import {
  sampleClosedLoop,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
} from '../test/sample-document.ts';
import { loadPointsOf, tailOf } from './load-points.ts';
import { predictedCurve } from './predictions.ts';

const overloaded = {
  code: 'overloaded',
  severity: 'void',
  message: 'too much',
  advice: '',
} as const;

/** A trial at a proportional rate (70 or 76 requests/s) or at shared ones, with this mean and median in ms. */
const trial = (
  block: number,
  ...rates: readonly [perSecond: number, ms: number | 'overloaded'][]
) =>
  sampleTrial({ block }, [
    sampleClosedLoop(),
    ...rates.map(([offeredPerSecond, ms]) =>
      sampleOpenLoop({
        rate: [70, 76].includes(offeredPerSecond) ? 'proportional' : 'shared',
        offeredPerSecond,
        responseTime: sampleTimes(3000, ms === 'overloaded' ? 900 : ms),
        warnings: ms === 'overloaded' ? [overloaded] : [],
      }),
    ),
  ]);

describe('response time by load', () => {
  test('has a point for each rate; for the proportional one at the median of what was offered', () => {
    const points = loadPointsOf([trial(1, [70, 4], [50, 2]), trial(2, [50, 3], [76, 6])], 'p99');
    expect(points).toMatchObject([
      { offeredPerSecond: 50, blocks: 2, p50: { low: 2, high: 3 }, tail: { low: 4, high: 6 } },
      { offeredPerSecond: 73, blocks: 2, mean: { low: 4, high: 6 }, overloadedBlocks: 0 },
    ]);
  });

  test('has no times at a rate that was too much in any block', () => {
    const [point] = loadPointsOf([trial(1, [50, 2]), trial(2, [50, 'overloaded'])], 'p99');
    expect(point).toMatchObject({
      overloadedBlocks: 1,
      blocks: 2,
      p50: null,
      mean: null,
      tail: null,
    });
  });

  test('leaves out one class alone, which is another load', () => {
    const alone = trial(1, [50, 2], [47, 9]);
    for (const measurement of alone.measurements)
      if (measurement.offeredPerSecond === 47) measurement.rate = 'alone';
    expect(loadPointsOf([alone], 'p99')).toMatchObject([{ offeredPerSecond: 50 }]);
  });

  test('leaves out what is void for another reason, but not that it was offered', () => {
    const late = trial(2, [50, 9]);
    late.warnings.push({ ...overloaded, code: 'littles-law' });
    const [point] = loadPointsOf([trial(1, [50, 2]), late], 'p99');
    expect(point).toMatchObject({ blocks: 2, overloadedBlocks: 0, p50: { blocks: 1, median: 2 } });
  });

  test('has the highest percentile that every trial has the requests for, as the verdicts do', () => {
    const withRequests = (...counts: number[]) =>
      tailOf(
        counts.map((count, block) =>
          sampleTrial({ block }, [sampleOpenLoop({ responseTime: sampleTimes(count, 3) })]),
        ),
      );
    expect(withRequests(3000, 5000)).toBe('p99');
    expect(withRequests(3000, 2999)).toBe('p95');
    expect(withRequests(199)).toBe('p90');
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

  test('ends at the top of the chart, and never beyond the capacity', () => {
    const end = predictedCurve(prediction, 300, 40).at(-1);
    expect(end?.perSecond).toBeCloseTo(75, 6);
    expect(end?.ms).toBeCloseTo(40, 6);
  });

  test('is not drawn where all of it is above the chart', () => {
    expect(predictedCurve(prediction, 50, 5)).toEqual([]);
  });

  test('stands in a sentence beside what was measured', () => {
    const [stable, over] = loadPointsOf([trial(1, [50, 2], [120, 'overloaded'])], 'p99');
    expect(stable && loadSentence(stable, prediction, 'p99')).toBe(
      'At 50 requests/s: p50 2 ms, p99 4 ms, mean 2 ms, predicted 20 ms.',
    );
    expect(over && loadSentence(over, prediction, 'p99')).toBe(
      'At 120 requests/s: overloaded in 1 of 1 block; no response time reported.',
    );
  });
});
