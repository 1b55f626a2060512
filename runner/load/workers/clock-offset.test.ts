import { expect, test } from '@jest/globals';
import { ClockEstimate } from './clock-offset.ts';

/** An answer of a machine whose monotonic clock is 5,000 ms ahead and whose wall clock is 3,000 ms ahead. */
const ping = (sentMs: number, thereMs: number, backMs: number) => ({
  sentMs,
  answeredMs: sentMs + thereMs + backMs,
  monotonicMs: sentMs + thereMs + 5000,
  wallAheadMs: 3000 - backMs,
});

test('a clock is known exactly where both ways take the same time', () => {
  const estimate = new ClockEstimate();
  expect(estimate.best).toBeNull();
  estimate.add(ping(100, 2, 2));
  expect(estimate.best).toEqual({
    roundTripMs: 4,
    monotonicAheadMs: 5000,
    wallAheadMs: 3000,
  });
});

test('the shortest round trip counts, and is wrong by at most half of it', () => {
  const estimate = new ClockEstimate();
  for (const [there, back] of [
    [2, 90],
    [3, 1],
    [40, 2],
  ] as const)
    estimate.add(ping(0, there, back));
  const { roundTripMs = 0, monotonicAheadMs = 0, wallAheadMs = 0 } = estimate.best ?? {};
  expect(roundTripMs).toBe(4);
  expect(Math.abs(monotonicAheadMs - 5000)).toBeLessThanOrEqual(roundTripMs / 2);
  expect(Math.abs(wallAheadMs - 3000)).toBeLessThanOrEqual(roundTripMs / 2);
});

test('old answers are forgotten, because clocks drift', () => {
  const estimate = new ClockEstimate();
  estimate.add(ping(0, 1, 1));
  for (let index = 1; index <= 50; index++) estimate.add(ping(index, 2, 2));
  expect(estimate.best?.roundTripMs).toBe(4);
});
