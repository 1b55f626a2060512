import { expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Warning } from '../document/run-document.ts';
import { loadPointsOf } from './load-points.ts';
import { saturationOf } from './saturation.ts';

const saturationAt = (throughputPerSecond: number) =>
  saturationOf(
    [sampleTrial({}, [sampleClosedLoop({ throughputPerSecond })])],
    sampleWorkload(),
    [],
  );

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
    return saturationOf(trials, sampleWorkload(), loadPointsOf(trials, null));
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
    return saturationOf(trials, sampleWorkload(), []);
  };
  expect(saturationIn([1000, []], [1010, []], [500, [stolen]], [600, [stolen]])).toMatchObject({
    blocks: 2,
  });
  expect(saturationIn([1000, []], [500, [stolen]], [600, [stolen]])).toMatchObject({
    blocks: 3,
    interval: { low: expect.any(Number) },
  });
});
