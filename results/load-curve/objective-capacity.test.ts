import { describe, expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleTrial, sampleWorkload } from '../../test/sample-document.ts';
import {
  curveOf,
  type Loads,
  loads,
  objective,
  openLoop,
  queued,
  trialOf,
} from '../../test/sample-load-curve.ts';
import type { Trial } from '../document/run-document.ts';

describe('capacity under an objective', () => {
  test('lies on the curve of queueing theory, with an interval that knows how far loads are apart', () => {
    const { capacity } = curveOf([trialOf(0, 100, loads), trialOf(1, 100, loads)]);
    if (capacity?.kind !== 'measured' || !capacity.interval) throw new Error('not measured');
    expect(capacity.perSecond).toBeCloseTo(100 - 1000 / 20, 0);
    const { low, high } = capacity.interval;
    for (const distance of [50 - low, high - 50]) {
      expect(distance).toBeGreaterThan(3);
      expect(distance).toBeLessThan(7);
    }
    const near = [20, 45, 48, 52, 55].map((load) => [load, queued(load)] as const);
    const closer = curveOf([trialOf(0, 100, near), trialOf(1, 100, near)]).capacity;
    if (closer?.kind !== 'measured' || !closer.interval) throw new Error('not measured');
    expect(closer.interval.low).toBeGreaterThan(49);
    expect(closer.interval.high).toBeLessThan(51);
  });

  test('lies between the last load that the server kept up with and its saturation', () => {
    const some: Loads = [...loads.slice(0, 2), [120, null]];
    const { capacity } = curveOf([trialOf(0, 100, some), trialOf(1, 100, some)]);
    expect(capacity).toMatchObject({ kind: 'measured', perSecond: expect.closeTo(50, 0) });
  });

  test('may be anywhere between two loads that are far apart', () => {
    const far: Loads = [20, 80].map((perSecond) => [perSecond, queued(perSecond)]);
    const { capacity } = curveOf([trialOf(0, 100, far), trialOf(1, 100, far)]);
    if (capacity?.kind !== 'measured') throw new Error('not measured');
    expect(capacity.interval?.low).toBeLessThan(30);
    expect(capacity.interval?.high).toBe(80);
  });

  test('has an interval from a load that keeps the objective for certain, where the curve is flat', () => {
    const once: Loads = [
      [24, 12.2],
      [38, 12.7],
      [60, null],
    ];
    const trials = [22, 18, 9.9, 12.9, 8].map((ms, block) =>
      trialOf(block, 64, [[37, ms], ...(block === 0 ? once : [])]),
    );
    const { capacity } = curveOf(trials, { objectives: [{ ...objective, belowMs: 30 }] });
    expect(capacity).toMatchObject({ kind: 'measured', interval: { low: 37, high: 60 } });
  });

  test('has a wide interval where times do not grow with load', () => {
    const mixed: Loads = [
      [40, 10],
      [60, 22],
      [75, 14],
      [85, 15],
      [95, 60],
    ];
    const { capacity } = curveOf([0, 1, 2].map((block) => trialOf(block, 100, mixed)));
    if (capacity?.kind !== 'measured' || !capacity.interval) throw new Error('not measured');
    expect(capacity.interval.low).toBeLessThan(0.995 * capacity.perSecond);
    expect(capacity.interval.high).toBeGreaterThan(1.005 * capacity.perSecond);
  });

  test('is at least the highest load where all keep the objective', () => {
    const some = loads.slice(0, 2);
    const { capacity } = curveOf([trialOf(0, 100, some), trialOf(1, 100, some)]);
    expect(capacity).toEqual({ kind: 'at-least', perSecond: 40 });
  });

  test('is at least the highest load below one that overloaded the server, where the curve ends beyond that', () => {
    const kept: Loads = loads.slice(0, 3);
    const trials = [0, 1, 2].map((block) =>
      trialOf(block, 100, [...kept, [70, block === 0 ? null : queued(70)]]),
    );
    const { capacity } = curveOf(trials, { objectives: [{ ...objective, belowMs: 100 }] });
    expect(capacity).toEqual({ kind: 'at-least', perSecond: 60 });
  });

  test('is at least the lowest load where only the curve through all of them is above the limit', () => {
    const some: Loads = [
      [20, 30],
      [40, 8],
    ];
    const { capacity } = curveOf([trialOf(0, 100, some)], {
      objectives: [{ ...objective, belowMs: 11.25 }],
    });
    expect(capacity).toEqual({ kind: 'at-least', perSecond: 10 });
  });

  test('is at least the lowest load where that keeps it, however close to the saturation', () => {
    const { capacity } = curveOf([trialOf(0, 10.05, [])]);
    expect(capacity).toEqual({ kind: 'at-least', perSecond: 10 });
  });

  test('is less than the lowest load where none keeps it', () => {
    const { capacity } = curveOf([trialOf(0, 100, loads)], {
      objectives: [{ ...objective, belowMs: 9 }],
    });
    expect(capacity).toEqual({ kind: 'less-than', perSecond: 10 });
  });

  test('has no interval where each load was offered in one block', () => {
    const [first, second] = [loads.slice(0, 2), loads.slice(2)].map((some, block) => ({
      ...trialOf(block, 100, some),
      measurements: [sampleClosedLoop({ throughputPerSecond: 100 })],
    }));
    if (!first || !second) throw new Error('two blocks');
    expect(curveOf([first, second]).capacity).toMatchObject({ kind: 'measured', interval: null });
  });

  test('is unknown where no load was measured', () => {
    const trial = sampleTrial({}, [sampleClosedLoop()]);
    expect(curveOf([trial]).capacity).toEqual({
      kind: 'unknown',
      reason: 'no load was measured',
    });
  });

  test('is unknown where no load has the requests that the percentile needs', () => {
    const { capacity } = curveOf([trialOf(0, 100, loads)], {
      objectives: [{ ...objective, percentile: 'p999' }],
    });
    expect(capacity).toEqual({
      kind: 'unknown',
      reason: 'no load had the requests that p99.9 needs',
    });
  });

  test('is unknown where lower loads than the one that overloads were kept up with, with too few requests', () => {
    const { capacity } = curveOf([trialOf(0, 100, [[80, null]])], {
      objectives: [{ ...objective, percentile: 'p999' }],
    });
    expect(capacity).toEqual({
      kind: 'unknown',
      reason: 'no load that the server kept up with had the requests that p99.9 needs',
    });
  });

  test('is of one class where the objective names it', () => {
    const workload = sampleWorkload('mixed', ['light', 'heavy']);
    const withClasses = (trial: Trial): Trial => ({
      ...trial,
      curve: trial.curve.map((measurement) => ({
        ...measurement,
        classes: ['light', 'heavy'].map((name) => ({
          name,
          requests: measurement.requests,
          throughputPerSecond: 1,
          serviceTime: measurement.serviceTime,
          responseTime: name === 'light' ? measurement.responseTime : openLoop(1, 900).responseTime,
        })),
      })),
    });
    const { capacity, classes } = curveOf(
      [withClasses(trialOf(0, 100, loads)), withClasses(trialOf(1, 100, loads))],
      { classes: workload.classes, objectives: [{ ...objective, class: 'light' }] },
    );
    if (capacity?.kind !== 'measured') throw new Error('not measured');
    expect(capacity.perSecond).toBeCloseTo(50, 0);
    expect(classes.map(({ name }) => name)).toEqual(['light', 'heavy']);
  });
});
