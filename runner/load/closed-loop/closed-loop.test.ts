import { expect, test } from '@jest/globals';
import { seededRandom } from '../../../results/statistics/random.ts';
import { splitShare, whole } from '../share.ts';
import { planConnections, requestOrder } from './closed-loop.ts';

function share(order: readonly number[], index: number): number {
  return order.filter((entry) => entry === index).length / order.length;
}

test('whole weights give exact shares', () => {
  const order = requestOrder([1, 3], seededRandom(1));
  expect(share(order, 0)).toBe(0.25);
  expect(share(order, 1)).toBe(0.75);
});

test('fractional weights give shares exact to a thousandth', () => {
  const order = requestOrder([0.305, 0.695], seededRandom(1));
  expect(share(order, 0)).toBeCloseTo(0.305, 3);
});

test('a class with a tiny weight is still requested', () => {
  expect(requestOrder([0.000_01, 1], seededRandom(1))).toContain(0);
});

test('the same seed gives the same order, and another seed another', () => {
  const orderOf = (seed: number) => requestOrder([1, 1], seededRandom(seed));
  expect(orderOf(7)).toEqual(orderOf(7));
  expect(orderOf(7)).not.toEqual(orderOf(8));
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
  const shares = splitShare(whole, 3).map((share) => planConnections({ ...load, share }));
  expect(shares.map(({ length }) => length)).toEqual([17, 17, 16]);
  expect(shares.flat().toSorted((a, b) => a.afterMs - b.afterMs)).toEqual(planConnections(load));
});
