import { expect, test } from '@jest/globals';
import {
  exponentialTimes,
  quantileOf,
  queueResponseTimes,
  stalledQuantile,
} from './known-times.ts';

test('a queue serves one request after the other', () => {
  const services = [10, 10, 5, 1];
  const times = queueResponseTimes([0, 4, 30, 31], () => services.shift() ?? 0);
  expect(times).toEqual([10, 16, 5, 5]);
});

test('a queue with two servers serves two requests at once', () => {
  expect(queueResponseTimes([0, 1, 2], () => 10, 2)).toEqual([10, 10, 18]);
});

test('a queue with random arrivals and exponential service agrees with the M/M/1 formula', () => {
  const gap = exponentialTimes(10, 1);
  const arrivals = Array.from(
    { length: 400_000 },
    (
      (at) => () =>
        (at += gap())
    )(0),
  );
  const times = queueResponseTimes(arrivals, exponentialTimes(5, 2));
  const meanMs = 1 / (1 / 5 - 1 / 10);
  expect(times.reduce((sum, ms) => sum + ms, 0) / times.length / meanMs).toBeCloseTo(1, 1);
  expect(quantileOf(times, 0.99) / (meanMs * Math.log(100))).toBeCloseTo(1, 1);
});

test('service times are the same for the same seed', () => {
  const first = (seed: number) => exponentialTimes(20, seed)();
  expect(first(3)).toBe(first(3));
  expect(first(3)).not.toBe(first(4));
});

test('quantiles use the nearest rank', () => {
  const values = [5, 1, 4, 2, 3];
  expect(quantileOf(values, 0.5)).toBe(3);
  expect(quantileOf(values, 0.99)).toBe(5);
  expect(quantileOf(values, 0.2)).toBe(1);
});

test('a stall of 200 ms in every 2 s has its p99 at 180 ms, and its median at 0', () => {
  expect(stalledQuantile(0.99, 200, 2000)).toBeCloseTo(180, 9);
  expect(stalledQuantile(0.999, 200, 2000)).toBeCloseTo(198, 9);
  expect(stalledQuantile(0.5, 200, 2000)).toBe(0);
});
