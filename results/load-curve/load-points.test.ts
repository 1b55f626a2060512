import { describe, expect, test } from '@jest/globals';
import { loadSentence } from '../../reports/findings/load-sentences.ts';
import {
  sampleClosedLoop,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
} from '../../test/sample-document.ts';
import { TimeRecorder } from '../document/distribution.ts';
import type { Distribution } from '../document/run-document.ts';
import { loadPointsOf, tailOf } from './load-points.ts';

const overloaded = {
  code: 'overloaded',
  severity: 'void',
  message: 'too much',
  advice: '',
} as const;

const cpuStolen = { code: 'cpu-stolen', severity: 'warn', message: '', advice: '' } as const;

/** 3,000 requests with this median, one in fifty of which takes twice as long. */
function times(ms: number): Distribution {
  const recorder = new TimeRecorder();
  for (let index = 0; index < 3000; index++) recorder.record(index % 50 === 0 ? 2 * ms : ms);
  return recorder.summarise();
}

/** A trial at a proportional rate (70 or 76 requests/s) or at shared ones, with this median in ms. */
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
        responseTime: times(ms === 'overloaded' ? 900 : ms),
        warnings: ms === 'overloaded' ? [overloaded] : [],
      }),
    ),
  ]);

type Interval = ReturnType<typeof sampleOpenLoop>['intervals'][number];
const isInterval = (one: Partial<Interval>): one is Interval => one.startSeconds !== undefined;

describe('response time by load', () => {
  test('has a point for each rate; for the proportional one at the median of what was offered', () => {
    const points = loadPointsOf([trial(1, [70, 4], [50, 2]), trial(2, [50, 3], [76, 6])], 'p99');
    expect(points).toMatchObject([
      { offeredPerSecond: 50, blocks: 2, overloadedBlocks: 0 },
      { offeredPerSecond: 73, blocks: 2, overloadedBlocks: 0 },
    ]);
    const [point] = points;
    expect(point?.p50?.low).toBeCloseTo(2, 2);
    expect(point?.p50?.high).toBeCloseTo(3, 2);
    expect(point?.tail?.low).toBeCloseTo(4, 2);
    expect(point?.tail?.high).toBeCloseTo(6, 2);
  });

  test('has no point for proportional rates that differ too much to be one load', () => {
    const points = loadPointsOf([trial(1, [50, 2], [70, 4]), trial(2, [50, 2], [70, 4])], 'p99');
    const far = trial(3, [70, 4]);
    for (const one of far.measurements) if (one.rate) one.offeredPerSecond = 90;
    expect(points).toHaveLength(2);
    expect(loadPointsOf([trial(1, [50, 2], [70, 4]), far], 'p99')).toMatchObject([
      { offeredPerSecond: 50 },
    ]);
  });

  test('has no times where more and more requests are in flight, though no warning says so', () => {
    const withQueue = (inFlight: readonly number[], code?: string) => {
      const intervals = inFlight.map((count, index) => ({
        ...(sampleOpenLoop().intervals[index] ?? sampleOpenLoop().intervals[0]),
        sent: 1200,
        inFlight: count,
      }));
      const window = sampleOpenLoop({
        offeredPerSecond: 12_000,
        intervals: intervals.filter(isInterval),
        warnings: code ? [{ ...overloaded, code, severity: 'warn' }] : [],
      });
      return loadPointsOf([sampleTrial({}, [window])], null)[0]?.overloadedBlocks;
    };
    expect(withQueue([2053, 3100, 4200, 5300, 6298])).toBe(1);
    expect(withQueue([2053, 3100, 4200, 5300, 6298], 'generator-starved')).toBe(0);
    expect(withQueue([600, 640, 590, 620, 640])).toBe(0);
    expect(withQueue([600])).toBe(0);
  });

  test('includes the windows of the load curve, and takes nearly equal rates for one load', () => {
    const curve = trial(2, [50.4, 3], [90, 8]).measurements.filter(({ rate }) => rate === 'shared');
    expect(loadPointsOf([trial(1, [50, 2]), { ...trial(2, [60, 3]), curve }], 'p99')).toMatchObject(
      [
        { blocks: 2, windows: [{ block: 1 }, { block: 2 }] },
        { offeredPerSecond: 60 },
        { offeredPerSecond: 90 },
      ],
    );
  });

  test('counts a block once that was offered a load twice', () => {
    const twice = trial(1, [50, 2]);
    const curve = trial(1, [50.4, 3]).measurements.filter(({ rate }) => rate === 'shared');
    expect(loadPointsOf([{ ...twice, curve }], 'p99')).toMatchObject([
      { blocks: 1, p50: { blocks: 1 }, cpuMs: { blocks: 1 } },
    ]);
  });

  test('leaves out a window that other programs disturbed, if the load has another one', () => {
    const disturbed = trial(2, [50, 400], [60, 400]);
    for (const one of disturbed.measurements) one.warnings.push(cpuStolen);
    const [at50, at60] = loadPointsOf([trial(1, [50, 2]), disturbed], 'p95');
    expect(at50).toMatchObject({ blocks: 1, disturbedWindows: 1, isDisturbed: false });
    expect(at50?.tail?.high).toBeCloseTo(2, 2);
    expect(at60).toMatchObject({ blocks: 1, disturbedWindows: 0, isDisturbed: true });
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
    expect(point).toMatchObject({ blocks: 2, overloadedBlocks: 0, p50: { blocks: 1 } });
    expect(point?.p50?.median).toBeCloseTo(2, 2);
  });

  test('has the highest percentile for which all blocks together have the requests at each load', () => {
    const withRequests = (...counts: number[]) =>
      tailOf(
        counts.map((count, block) =>
          sampleTrial({ block }, [sampleOpenLoop({ responseTime: sampleTimes(count, 3) })]),
        ),
      );
    expect(withRequests(2000, 1000)).toBe('p99');
    expect(withRequests(2000, 999)).toBe('p95');
    expect(withRequests(199)).toBe('p90');
    expect(withRequests(29)).toBeNull();
    expect(withRequests()).toBeNull();
  });

  test('has the percentile of the objective where a load shows it', () => {
    const trials = [100, 900].map((count, block) =>
      sampleTrial({ block }, [
        sampleOpenLoop({ offeredPerSecond: count, responseTime: sampleTimes(count, 3) }),
      ]),
    );
    expect(tailOf(trials)).toBe('p90');
    expect(tailOf(trials, 'p95')).toBe('p95');
    expect(tailOf(trials, 'p99')).toBe('p99');
    expect(tailOf(trials, 'p999')).toBe('p90');
    expect(tailOf(trials, 'p50')).toBeNull();
    const points = loadPointsOf(trials, 'p99');
    expect(points.map(({ tail }) => tail?.median ?? null)).toEqual([null, expect.any(Number)]);
  });
});

describe('the prediction at a load', () => {
  const prediction = {
    throughputPerSecond: 100,
    capacityPerSecond: 100,
    meanResponseMs: (rate: number) => (rate < 100 ? 1000 / (100 - rate) : null),
  };

  test('stands in a sentence beside what was measured', () => {
    const [stable, over] = loadPointsOf([trial(1, [50, 2], [120, 'overloaded'])], 'p99');
    expect(stable && loadSentence(stable, prediction, 'p99')).toBe(
      'At 50 requests/s: p50 2 ms, p99 4 ms, mean 2.04 ms, predicted 20 ms.',
    );
    expect(over && loadSentence(over, prediction, 'p99')).toBe(
      'At 120 requests/s: overloaded in 1 of 1 block; no response time reported.',
    );
  });
});
