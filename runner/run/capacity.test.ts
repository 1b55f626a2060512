import { expect, test } from '@jest/globals';
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

test('the load generator may use less of its cores than makes a window void', () => {
  const { client, requests } = sampleClosedLoop();
  const loop = (cpuSeconds: number | null, generatorProcesses = 1) =>
    sampleClosedLoop({
      client: { ...client, cpuSeconds },
      requests: { ...requests, sent: 3000 },
      generatorProcesses,
    });
  expect(generatorLimit(loop(0.3))).toBeCloseTo(6000);
  expect(generatorLimit(loop(0.6, 2))).toBeCloseTo(6000);
  expect(generatorLimit(loop(null))).toBe(Number.POSITIVE_INFINITY);
});
