import { expect, test } from '@jest/globals';
import { seededRandom } from '../../../results/statistics/random.ts';
import { splitShare, whole } from '../share.ts';
import { firstSends, requestOrder } from './closed-loop.ts';

/** So many requests in a row. */
function dealt(weights: readonly number[], count: number, seed = 1): number[] {
  const next = requestOrder(weights, seededRandom(seed));
  return Array.from({ length: count }, () => next());
}

const countOf = (order: readonly number[], index: number) =>
  order.filter((entry) => entry === index).length;

test('each cycle has every class as often as its whole weight says, in an order of its own', () => {
  const order = dealt([20, 1], 2100);
  const positions = Array.from({ length: 100 }, (_, cycle) => {
    const part = order.slice(21 * cycle, 21 * (cycle + 1));
    expect(countOf(part, 1)).toBe(1);
    return part.indexOf(1);
  });
  expect(new Set(positions).size).toBeGreaterThan(15);
});

test('fractional weights give shares exact to a thousandth', () => {
  expect(countOf(dealt([0.305, 0.695], 1000), 0)).toBe(305);
});

test('a class with a tiny weight is still requested', () => {
  expect(dealt([0.000_01, 1], 1001)).toContain(0);
});

test('the same seed gives the same order, and another seed another', () => {
  expect(dealt([1, 1], 100, 7)).toEqual(dealt([1, 1], 100, 7));
  expect(dealt([1, 1], 100, 7)).not.toEqual(dealt([1, 1], 100, 8));
});

test('the connections of all shares are those of the whole', () => {
  const load = {
    loop: 'closed' as const,
    host: 'localhost',
    port: 1,
    connections: 50,
    classes: ['a', 'b'].map((name) => ({ name, weight: 1, path: '/', expectedBody: null })),
    warmupSeconds: 1,
    windowSeconds: 1,
    timeoutSeconds: 1,
    seed: 7,
  };
  const shares = splitShare(whole, 3).map((share) => firstSends({ ...load, share }));
  expect(shares.map(({ length }) => length)).toEqual([17, 17, 16]);
  expect(shares.flat().toSorted((a, b) => a - b)).toEqual(firstSends(load));
});
