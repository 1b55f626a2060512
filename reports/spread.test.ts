import { describe, expect, test } from '@jest/globals';
import { spreadOf, spreadText } from './spread.ts';

const blocks = (...values: number[]) => new Map(values.map((value, block) => [block, value]));

describe('a spread', () => {
  test('has the median, and the lowest and highest block', () => {
    expect(spreadOf(blocks(3, 1, 2))).toEqual({ median: 2, low: 1, high: 3, blocks: 3 });
    expect(spreadOf(blocks(4, 1, 2, 3))?.median).toBe(2.5);
    expect(spreadOf(blocks())).toBeNull();
  });
});

test('is written with its range only where there are blocks to give one', () => {
  expect(
    [null, blocks(5), blocks(1214, 1205, 1222)].map((one) => spreadText(one && spreadOf(one))),
  ).toEqual(['–', '5.00', '1,214 (1,205–1,222)']);
});
