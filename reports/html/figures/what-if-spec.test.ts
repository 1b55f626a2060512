import { describe, expect, test } from '@jest/globals';
import { predictedAt, predictedText, type WhatIf, whatIfSpec } from './what-if-spec.ts';

const style = { color: 'pool', hollow: false, shape: 'rect', dash: [] } as const;
const server = (name: string, model: string, workers: number): WhatIf['servers'][number] => ({
  name,
  model,
  workers,
  style,
  cpuMs: 2,
  means: [{ x: 100, y: 5 }],
});
const [loop, prefork, pool] = [
  server('event-loop', 'eventLoop', 1),
  server('prefork', 'prefork', 4),
  server('pool', 'pool', 2),
] as const;
const data: WhatIf = {
  cores: 2,
  measured: { perSecond: 100, waitMs: 38, cpuMs: 2, workers: null },
  range: { least: 10, most: 1000 },
  servers: [loop, prefork, pool],
};

describe('what is predicted', () => {
  test('for the measured values comes from each server’s own workers', () => {
    expect(predictedAt(data, loop, data.measured).capacity).toBeCloseTo(500);
    expect(predictedAt(data, prefork, data.measured).capacity).toBeCloseTo(100);
    expect(predictedAt(data, pool, data.measured).capacity).toBeCloseTo(1000);
  });

  test('follows workers where there are several, and never on one thread', () => {
    const more = { ...data.measured, workers: 8 };
    expect(predictedAt(data, prefork, more).capacity).toBeCloseTo(200);
    expect(predictedAt(data, loop, more).capacity).toBeCloseTo(500);
    // A number that one server has already changes the others.
    const four = { ...data.measured, waitMs: 98, workers: 4 };
    expect(predictedAt(data, { ...prefork, workers: 2 }, four).capacity).toBeCloseTo(40);
    expect(predictedAt(data, prefork, four).capacity).toBeCloseTo(40);
  });

  test('follows CPU time in proportion to what a server used', () => {
    const heavier = { ...data.measured, cpuMs: 4 };
    expect(predictedAt(data, { ...loop, cpuMs: 3 }, heavier).capacity).toBeCloseTo(1000 / 6);
  });

  test('is in words a time, or the capacity that the load exceeds', () => {
    expect(predictedText(data, loop, { ...data.measured, perSecond: 0.001 })).toBe(
      '40 ms; at most 500 requests/s',
    );
    expect(predictedText(data, prefork, { ...data.measured, perSecond: 150 })).toBe(
      'overloaded: at most 100 requests/s',
    );
  });
});

describe('the chart', () => {
  test('ends each predicted curve before the capacity, beside the measured means', () => {
    const spec = whatIfSpec(data, data.measured);
    const predicted = spec.lines.find(({ label }) => label === 'prefork');
    const loads = predicted?.points.map(({ x }) => x) ?? [];
    expect(loads.length).toBeGreaterThan(20);
    expect(Math.max(...loads)).toBeLessThan(100);
    expect(spec.lines.find(({ label }) => label === 'prefork, measured')?.points).toEqual([
      { x: 100, y: 5, marked: true },
    ]);
  });

  test('marks the offered load', () => {
    expect(whatIfSpec(data, { ...data.measured, perSecond: 300 }).now).toBe(300);
  });
});
