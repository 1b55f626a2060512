import { describe, expect, test } from '@jest/globals';
import { pairedRatio, spreadOf } from './spread.ts';

const blocks = (...values: number[]) => new Map(values.map((value, block) => [block, value]));

describe('a spread', () => {
  test('has the median, and the lowest and highest block', () => {
    expect(spreadOf(blocks(3, 1, 2))).toEqual({ median: 2, low: 1, high: 3, blocks: 3 });
    expect(spreadOf(blocks(4, 1, 2, 3))?.median).toBe(2.5);
    expect(spreadOf(blocks())).toBeNull();
  });
});

describe('a paired ratio', () => {
  test('compares within blocks, so that drift cancels', () => {
    expect(pairedRatio(blocks(10, 20, 40), blocks(5, 10, 20))).toEqual({
      median: 2,
      low: 2,
      high: 2,
      blocks: 3,
    });
  });

  test('uses only blocks that have both', () => {
    expect(pairedRatio(new Map([[1, 6]]), blocks(1, 2, 3))?.blocks).toBe(1);
    expect(pairedRatio(new Map([[9, 6]]), blocks(1))).toBeNull();
  });
});
