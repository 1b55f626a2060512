import { expect, test } from '@jest/globals';
import { spreadOf } from './spread.ts';

const blocks = (...values: number[]) => new Map(values.map((value, block) => [block, value]));

test('a spread has the median, and the lowest and highest block', () => {
  expect(spreadOf(blocks(3, 1, 2))).toEqual({ median: 2, low: 1, high: 3, blocks: 3 });
});

test('its median lies halfway between the middle two where there are two', () => {
  expect(spreadOf(blocks(4, 1, 2, 3))?.median).toBe(2.5);
});

test('there is none of nothing', () => {
  expect(spreadOf(blocks())).toBeNull();
});
