import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { LoadCurves } from './load-curves.ts';

const plan = { loads: 5, loadsPerBlock: 2, parts: 5, firstBlock: 0 };
const generatorPerSecond = 10_000;

function learned() {
  const curves = new LoadCurves(plan);
  curves.learn('io', 'slow', { perSecond: 100, generatorPerSecond, fastestMs: 50 });
  curves.learn('io', 'fast', { perSecond: 1000, generatorPerSecond, fastestMs: null });
  return curves;
}

describe('a load curve', () => {
  test('has no loads before the first block, and none in a run without curves', () => {
    expect(new LoadCurves(plan).next('io', 0)).toEqual([]);
    const curves = new LoadCurves(null);
    curves.learn('io', 'fast', { perSecond: 1000, generatorPerSecond, fastestMs: 1 });
    expect(curves.next('io', 0)).toEqual([]);
    expect(curves.isPlanned).toBe(false);
  });

  test('is measured part by part, each load in two blocks, until all parts are done', () => {
    const curves = learned();
    const measured: number[] = [];
    for (const _ of Array(plan.parts)) {
      const loads = curves.next('io', 0);
      expect(curves.next('io', 0)).toEqual(loads);
      measured.push(...loads);
      curves.finishPart('io');
    }
    expect(measured.toSorted((a, b) => a - b)).toEqual(
      [40, 95, 220, 530, 1300].flatMap((load) => [load, load]),
    );
    expect(curves.next('io', 0)).toEqual([]);
  });

  test('leaves the first blocks to comparisons where the plan says so', () => {
    const curves = new LoadCurves({ ...plan, firstBlock: 3 });
    curves.learn('io', 'fast', { perSecond: 1000, generatorPerSecond, fastestMs: 1 });
    expect(curves.next('io', 2)).toEqual([]);
    expect(curves.next('io', 3)).toHaveLength(2);
    expect(curves.partsForOnce).toBe(3);
    curves.finishPart('io');
    expect(curves.partsForOnce).toBe(2);
  });

  test('begins sooner or later where the time needs it', () => {
    const curves = new LoadCurves({ ...plan, firstBlock: 3 });
    curves.learn('io', 'slow', { perSecond: 100, generatorPerSecond, fastestMs: 1 });
    const hasPart = (block: number) => curves.next('io', block).length > 0;
    curves.begin(4);
    expect([2, 3].map(hasPart)).toEqual([false, true]);
    curves.begin(2);
    expect([1, 2].map(hasPart)).toEqual([false, true]);
    curves.postpone(2);
    expect([2, 3].map(hasPart)).toEqual([false, true]);
    expect(curves.postponed).toBe(1);
  });

  test('keeps its loads when a server gets faster, and other workloads have their own', () => {
    const curves = learned();
    const loads = curves.next('io', 0);
    curves.learn('io', 'fast', { perSecond: 9000, generatorPerSecond, fastestMs: 1 });
    expect(curves.next('io', 0)).toEqual(loads);
    expect(curves.next('cpu', 0)).toEqual([]);
  });

  test('ends for a server with the first load that is too much for it', () => {
    const curves = learned();
    curves.next('io', 0);
    const taken = (server: string) =>
      [40, 95, 220, 530, 1300].filter((load) => curves.takes('io', server, load));
    expect(taken('slow')).toEqual([40, 95, 220]);
    expect(taken('fast')).toHaveLength(5);
    expect(taken('unknown')).toEqual([]);
  });

  test('has loads of its own for a server that could take hardly any of the common ones', () => {
    const curves = new LoadCurves({ ...plan, loadsPerBlock: 5, parts: 2 });
    for (const server of ['slow', 'slow too']) {
      curves.learn('io', server, { perSecond: 100, generatorPerSecond, fastestMs: 50 });
    }
    curves.learn('io', 'fast', { perSecond: 10_000, generatorPerSecond, fastestMs: 50 });
    const loads = curves.next('io', 0);
    const taken = (server: string) => loads.filter((load) => curves.takes('io', server, load));
    expect(taken('slow')).toEqual([40, 160, 75, 90]);
    expect(taken('fast')).toEqual([40, 160, 630, 2500, 10_000]);
    expect(taken('slow too')).toEqual([40, 160, 75, 90]);
    expect(curves.fastestMs('io', 'slow')).toBe(50);
    expect(curves.fastestMs('io', 'unknown')).toBe(0);
  });

  test('has no part for servers that answer nothing', () => {
    const curves = new LoadCurves(plan);
    curves.learn('io', 'dead', { perSecond: 0, generatorPerSecond, fastestMs: null });
    expect(curves.next('io', 0)).toEqual([]);
    expect(curves.partsForOnce).toBe(0);
  });

  test('offers no more than the load generator can send', () => {
    const curves = new LoadCurves(plan);
    curves.learn('hello', 'fast', { perSecond: 20_000, generatorPerSecond: 15_000, fastestMs: 1 });
    const loads = Array.from({ length: plan.parts }, () => {
      const part = curves.next('hello', 0);
      curves.finishPart('hello');
      return part;
    });
    expect(Math.max(...loads.flat())).toBe(15_000);
  });

  test('goes on where each server reaches its objective, instead of where it was overloaded', () => {
    const curves = new LoadCurves({ ...plan, loadsPerBlock: 5, parts: 2 });
    curves.learn('cpu', 'pool', { perSecond: 100, generatorPerSecond, fastestMs: 10 });
    const row = curves.next('cpu', 0);
    expect(row).toEqual([40, 53, 71, 94, 130]);
    const loop = (perSecond: number) =>
      sampleOpenLoop({
        offeredPerSecond: perSecond,
        responseTime: sampleTimes(400, 1000 / (100 - perSecond)),
      });
    const trial = {
      ...sampleTrial({}, [sampleClosedLoop({ throughputPerSecond: 100 })]),
      curve: row.slice(0, 3).map(loop),
    };
    const workload = {
      ...sampleWorkload(),
      objectives: [{ class: null, percentile: 'p50' as const, belowMs: 25 }],
    };
    const document = sampleDocument({ servers: ['pool'], workloads: [workload] }, [trial]);
    const taken = () => curves.next('cpu', 0).filter((load) => curves.takes('cpu', 'pool', load));
    curves.refine(document);
    expect(taken()).toEqual(row);
    curves.finishPart('cpu');
    curves.refine(document);
    expect(taken()).toEqual([40, 53, 71, 94, 60]);
  });
});
