import { expect, test } from '@jest/globals';
import { seededRandom } from '../../../results/statistics/random.ts';
import { requestOrder } from './request-order.ts';

function share(order: readonly number[], index: number): number {
  return order.filter((entry) => entry === index).length / order.length;
}

test('each class is asked for exactly as often as whole weights say', () => {
  const order = requestOrder([1, 3], seededRandom(1));
  expect(share(order, 0)).toBe(0.25);
  expect(share(order, 1)).toBe(0.75);
});

test('broken weights are kept to a thousandth', () => {
  const order = requestOrder([0.305, 0.695], seededRandom(1));
  expect(share(order, 0)).toBeCloseTo(0.305, 3);
});

test('a class of the smallest weight is still asked for', () => {
  expect(requestOrder([0.000_01, 1], seededRandom(1))).toContain(0);
});

test('the same seed gives the same order, and another seed another', () => {
  const orderOf = (seed: number) => requestOrder([1, 1], seededRandom(seed));
  expect(orderOf(7)).toEqual(orderOf(7));
  expect(orderOf(7)).not.toEqual(orderOf(8));
});
