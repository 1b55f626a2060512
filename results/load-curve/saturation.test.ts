import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { curveOf, type Loads, loads, tooMuch, trialOf } from '../../test/sample-load-curve.ts';
import type { Trial, Warning } from '../document/run-document.ts';
import { type LoadPoint, loadPointsOf } from './load-points.ts';
import { closedLoopCapacity, saturationOf } from './saturation.ts';

const saturationFrom = (trials: readonly Trial[], points: readonly LoadPoint[]) =>
  saturationOf(trials, closedLoopCapacity(trials, sampleWorkload()), points);

const saturationAt = (throughputPerSecond: number) =>
  saturationFrom([sampleTrial({}, [sampleClosedLoop({ throughputPerSecond })])], []);

test('a window that ended before the first answer shows no saturation', () => {
  expect(saturationAt(1000)).toMatchObject({ kind: 'measured', perSecond: expect.closeTo(1000) });
  expect(saturationAt(0)).toMatchObject({ kind: 'unknown' });
});

test('a closed loop whose requests take no longer than at a light load does not show the saturation', () => {
  const light = (meanMs: number) =>
    sampleOpenLoop({ offeredPerSecond: 100, responseTime: sampleTimes(500, meanMs) });
  const saturationWith = (meanMs: number) => {
    const closed = sampleClosedLoop({ connections: 64, throughputPerSecond: 3000 });
    const trials = [sampleTrial({}, [closed, light(meanMs)])];
    return saturationFrom(trials, loadPointsOf(trials, null));
  };
  // By Little's law, 64 connections at 3,000 requests/s have requests of 21.3 ms.
  expect(saturationWith(20.5)).toEqual({ kind: 'at-least', perSecond: 3000 });
  expect(saturationWith(2)).toMatchObject({ kind: 'measured', perSecond: expect.closeTo(3000) });
  expect(saturationWith(300)).toMatchObject({ kind: 'measured' });
});

test('closed loops that other programs disturbed are left out if the others have an interval', () => {
  const stolen: Warning = { code: 'cpu-stolen', severity: 'warn', message: 'stolen', advice: '' };
  const saturationIn = (...blocks: readonly (readonly [perSecond: number, Warning[]])[]) => {
    const trials = blocks.map(([throughputPerSecond, warnings], block) =>
      sampleTrial({ block }, [sampleClosedLoop({ throughputPerSecond, warnings })]),
    );
    return saturationFrom(trials, []);
  };
  expect(saturationIn([1000, []], [1010, []], [500, [stolen]], [600, [stolen]])).toMatchObject({
    blocks: 2,
  });
  expect(saturationIn([1000, []], [500, [stolen]], [600, [stolen]])).toMatchObject({
    blocks: 3,
    interval: { low: expect.any(Number) },
  });
});

describe('the saturation of a load curve', () => {
  test('is the throughput of the closed loop, with an interval over blocks', () => {
    const { saturation } = curveOf(
      [98, 100, 102].map((closed, block) => trialOf(block, closed, [])),
    );
    if (saturation.kind !== 'measured' || !saturation.interval) throw new Error('not measured');
    expect(saturation.perSecond).toBeCloseTo(100, 1);
    expect(saturation.interval.low).toBeCloseTo(95, 0);
  });

  test('is what an overloaded server served where the connections limited the closed loop', () => {
    const [one] = sampleWorkload().classes;
    if (!one) throw new Error('one class');
    // 64 connections that wait 1 s each ask for 64 requests/s at most.
    const waiting = { classes: [{ ...one, waitMs: 1000 }] };
    const some: Loads = [
      [80, 12],
      [130, null],
    ];
    const { saturation } = curveOf([trialOf(0, 63, some), trialOf(1, 63, some)], waiting);
    expect(saturation).toMatchObject({ kind: 'measured', perSecond: expect.closeTo(100, 6) });
    const unloaded = curveOf([trialOf(0, 63, loads.slice(0, 2))], waiting);
    expect(unloaded.saturation).toEqual({ kind: 'at-least', perSecond: 63 });
  });

  test('is below the throughput of the closed loop where lower loads overload every block', () => {
    const some: Loads = [
      [80, 12],
      [95, null],
    ];
    const trials = [0, 1, 2].map((block) => trialOf(block, 105, some));
    expect(curveOf(trials).saturation).toMatchObject({
      kind: 'measured',
      perSecond: expect.closeTo(95, 6),
    });
    expect(curveOf(trials.slice(1)).saturation).toMatchObject({
      perSecond: expect.closeTo(105, 6),
    });
  });

  test('is the throughput of closed loops of which connections limited fewer than half', () => {
    const [one] = sampleWorkload().classes;
    if (!one) throw new Error('one class');
    const kindOf = (...throughputs: number[]) =>
      curveOf(
        throughputs.map((throughput, block) => trialOf(block, throughput, [])),
        { classes: [{ ...one, waitMs: 1000 }] },
      ).saturation.kind;
    expect(kindOf(63, 40, 40)).toBe('measured');
    expect(kindOf(63, 63, 40)).toBe('at-least');
  });

  test('is between two loads where the throughput of the overloaded server is not', () => {
    const [one] = sampleWorkload().classes;
    if (!one) throw new Error('one class');
    const some: Loads = [
      [110, 12],
      [120, 50],
      [130, null],
    ];
    const { saturation, capacity } = curveOf([trialOf(0, 63, some), trialOf(1, 63, some)], {
      classes: [{ ...one, waitMs: 1000 }],
    });
    expect(saturation).toMatchObject({
      kind: 'measured',
      perSecond: 120,
      interval: { low: 120, high: 130 },
      error: null,
    });
    expect(capacity).toMatchObject({ kind: 'measured', interval: null, error: null });
  });

  test('makes any higher load one that overloads the server, whether its window shows it or not', () => {
    const some: Loads = [
      [80, 12],
      [120, 20],
    ];
    const { points } = curveOf([98, 100, 102].map((closed, block) => trialOf(block, closed, some)));
    expect(points.map(({ overloadedBlocks }) => overloadedBlocks)).toEqual([0, 0, 3]);
  });

  test('is unknown where no window may be used', () => {
    const trial = trialOf(0, 100, []);
    trial.warnings.push({ ...tooMuch, code: 'generator-saturated' });
    expect(curveOf([trial]).saturation.kind).toBe('unknown');
  });
});
