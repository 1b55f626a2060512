import { expect, test } from '@jest/globals';
import { seededRandom } from '../../../results/statistics/random.ts';
import { requestOrder } from './closed-loop.ts';

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
