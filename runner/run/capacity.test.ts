import { describe, expect, test } from '@jest/globals';
import { sampleClosedLoop } from '../../test/sample-document.ts';
import { generatorLimit, manyConnections } from './capacity.ts';

test('many connections are as many as a server answers in half a second, up to 1,000', () => {
  expect(manyConnections(64, 1280)).toBe(640);
  expect(manyConnections(64, 20_000)).toBe(1000);
});

test('a server that is too slow for twice its connections gets no more', () => {
  expect(manyConnections(64, 250)).toBeNull();
  expect(manyConnections(64, 0)).toBeNull();
});

describe('what the load generator can send', () => {
  const loop = (cpuSeconds: number | null, sent: number, generatorProcesses = 1) => {
    const { client, requests } = sampleClosedLoop();
    return sampleClosedLoop({
      windowSeconds: 1,
      client: { ...client, cpuSeconds },
      requests: { ...requests, sent },
      generatorProcesses,
    });
  };

  test('costs it less of its cores than makes a window void', () => {
    expect(generatorLimit(loop(0.15, 3000), null)).toBeCloseTo(12_000);
    expect(generatorLimit(loop(0.3, 3000, 2), null)).toBeCloseTo(12_000);
  });

  test('leaves out what keeping to the schedule costs', () => {
    expect(generatorLimit(loop(0.15, 3000), loop(0.25, 1000))).toBeCloseTo(8000);
    expect(generatorLimit(loop(0.15, 3000), loop(0.9, 1000))).toBe(0);
  });

  test('is not known where its CPU time is not', () => {
    expect(generatorLimit(loop(null, 3000), null)).toBe(Number.POSITIVE_INFINITY);
  });
});
