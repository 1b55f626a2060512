import { describe, expect, test } from '@jest/globals';
import { blockOrders } from './block-order.ts';
import { seededRandom } from './random.ts';

const letters = (count: number) => 'ABCDEFGH'.split('').slice(0, count);
const orders = (count: number, blocks: number, seed: number) =>
  blockOrders(letters(count), blocks, seededRandom(seed)).map((order) => order.join(''));
const tally = (keys: string[]) => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};
const positions = (found: string[]) =>
  tally(found.flatMap((order) => order.split('').map((name, position) => `${name}${position}`)));
const neighbours = (found: string[]) =>
  tally(
    found.flatMap((order) =>
      order
        .split('')
        .slice(1)
        .map((name, index) => order[index] + name),
    ),
  );

describe('the order of servers in blocks', () => {
  test('has every server exactly once in each block, for any number of both', () => {
    for (let count = 1; count <= 8; count++) {
      const found = orders(count, 17, count);
      expect(found).toHaveLength(17);
      for (const order of found) expect(order.split('').sort()).toEqual(letters(count));
    }
  });

  test('alternates two servers as ABBA or BAAB, which cancels a linear drift', () => {
    const starts = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const found = orders(2, 6, seed);
      for (let block = 0; block < 6; block += 2) {
        expect(found.slice(block, block + 2).sort()).toEqual(['AB', 'BA']);
      }
      starts.add(found[0] as string);
    }
    expect(starts).toEqual(new Set(['AB', 'BA']));
  });

  test('goes through the six permutations of three servers, balanced for position after three', () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = orders(3, 12, seed);
      const permutations = ['ABC', 'ACB', 'BAC', 'BCA', 'CAB', 'CBA'];
      expect(found.slice(0, 6).sort()).toEqual(permutations);
      expect(found.slice(6).sort()).toEqual(permutations);
      expect(new Set(positions(orders(3, 3, seed)).values())).toEqual(new Set([1]));
    }
  });

  test('balances position and predecessor in a whole design of any size', () => {
    for (const [count, blocks] of [
      [2, 2],
      [3, 6],
      [4, 4],
      [5, 10],
      [6, 6],
      [7, 14],
    ] as const) {
      const found = orders(count, blocks, 7);
      expect(positions(found).size).toBe(count * count);
      expect(new Set(positions(found).values())).toEqual(new Set([blocks / count]));
      expect(neighbours(found).size).toBe(count * (count - 1));
      expect(new Set(neighbours(found).values())).toEqual(new Set([blocks / count]));
    }
  });

  test('repeats itself for a seed and changes with it', () => {
    expect(orders(4, 12, 1)).toEqual(orders(4, 12, 1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => orders(4, 12, seed).join())).size).toBe(5);
  });

  test('gives nothing for no servers or no blocks', () => {
    expect(blockOrders([], 5, seededRandom(1))).toEqual([]);
    expect(orders(3, 0, 1)).toEqual([]);
  });
});
