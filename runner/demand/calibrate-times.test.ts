import { expect, test } from '@jest/globals';
import { calibrateTimes } from './calibrate-times.ts';

/** A server whose requests cost so much without computing, and so much with each piece; the target is 1. */
const serverThatCosts = (fixed: number, each: number) => {
  const asked: number[] = [];
  const read = async (times: number) => {
    asked.push(times);
    return fixed + each * times;
  };
  return { read, asked };
};

test.each([
  ['as fast as the target', 0.02, 0.98 / 3571, 3571],
  ['thirty times slower', 0.1, 30 / 3571, 107],
  ['ten times faster', 0.01, 0.1 / 3571, 35_353],
])('a server that is %s is brought to the target', async (_, fixed, each, times) => {
  const { read, asked } = serverThatCosts(fixed, each);
  const found = await calibrateTimes(read, 100_000);
  expect(found.times).toBe(times);
  expect(Math.abs(found.cost - 1)).toBeLessThan(0.01);
  expect(asked.length).toBeLessThanOrEqual(7);
});

test('readings that are a few percent off still lead to the target', async () => {
  let sign = 1;
  const found = await calibrateTimes(async (times) => {
    sign = -sign;
    return (0.1 + times / 1000) * (1 + sign * 0.03);
  }, 100_000);
  expect(Math.abs(0.1 + found.times / 1000 - 1)).toBeLessThan(0.05);
});

test('a server whose requests cost more than the target without computing is left at one', async () => {
  const { read, asked } = serverThatCosts(1.5, 0.25);
  expect(await calibrateTimes(read, 100_000)).toEqual({ times: 1, cost: 1.75 });
  expect(asked).toEqual([1]);
});

test('one that cannot reach the target within the limit comes as close as it may', async () => {
  const { read } = serverThatCosts(0.1, 0.00001);
  expect((await calibrateTimes(read, 10_000)).times).toBe(10_000);
});

test('a cost that seems not to grow is asked for with many more repetitions', async () => {
  const found = await calibrateTimes(async (times) => (times < 1000 ? 0.1 : times / 5000), 100_000);
  expect(Math.abs(found.cost - 1)).toBeLessThan(0.01);
});
