import { expect, test } from '@jest/globals';
import { connectionMemoryFrom } from '../../../results/connection-memory.ts';
import { connectionMemoryText } from './connection-memory.ts';

const mib = 2 ** 20;
const memoryFrom = (few: readonly number[], many: readonly number[]) =>
  connectionMemoryFrom(
    { connections: 4, pssBytes: few.map((size) => size * mib) },
    { connections: 260, pssBytes: many.map((size) => size * mib) },
  );
const text = (few: readonly number[], many: readonly number[]) => {
  const memory = memoryFrom(few, many);
  return memory && connectionMemoryText(memory);
};

test('memory a connection is the slope from few to many, give or take what varied with neither', () => {
  expect(memoryFrom([50, 50.5], [60, 60.5])).toEqual({
    fewConnections: 4,
    manyConnections: 260,
    bytesEach: 40 * 1024,
    noiseBytesEach: 4 * 1024,
  });
  expect(text([50, 50.5], [60, 60.5])).toBe('40 (36–44)');
});

test('a slope within the noise is only said to be less than so much', () => {
  expect(text([50, 52], [51, 52])).toBe('less than 14');
  expect(text([50, 52], [49, 50])).toBe('less than 12.0');
});

test('memory that could not be read tells nothing', () => {
  expect(memoryFrom([], [60])).toBeNull();
  expect(memoryFrom([50], [])).toBeNull();
  expect(
    connectionMemoryFrom({ connections: 4, pssBytes: [1] }, { connections: 4, pssBytes: [1] }),
  ).toBeNull();
});
