import { expect, test } from '@jest/globals';
import { connectionMemoryFrom } from '../../../results/connection-memory.ts';
import { connectionMemoryBar } from './connection-memory.ts';

const mib = 2 ** 20;
const memoryFrom = (few: readonly number[], many: readonly number[]) =>
  connectionMemoryFrom(
    { connections: 4, pssBytes: few.map((size) => size * mib) },
    { connections: 260, pssBytes: many.map((size) => size * mib) },
  );
const text = (few: readonly number[], many: readonly number[]) => {
  const memory = memoryFrom(few, many);
  return memory && connectionMemoryBar('pool', memory).text;
};

test('memory per connection is the slope from few to many connections, plus or minus the noise', () => {
  expect(memoryFrom([50, 50.5], [60, 60.5])).toEqual({
    fewConnections: 4,
    manyConnections: 260,
    bytesEach: 40 * 1024,
    noiseBytesEach: 4 * 1024,
  });
  expect(text([50, 50.5], [60, 60.5])).toBe('40 (36–44)');
});

test('a slope within the noise is reported as an upper limit', () => {
  expect(text([50, 52], [51, 52])).toBe('less than 14');
  expect(text([50, 52], [49, 50])).toBe('less than 12');
});

test('memory that could not be read gives no value', () => {
  expect(memoryFrom([], [60])).toBeNull();
  expect(memoryFrom([50], [])).toBeNull();
  expect(
    connectionMemoryFrom({ connections: 4, pssBytes: [1] }, { connections: 4, pssBytes: [1] }),
  ).toBeNull();
});
