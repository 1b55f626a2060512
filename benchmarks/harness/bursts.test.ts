import { expect, test } from '@jest/globals';
import { planBursts } from './bursts.ts';

function bursts(seed: number) {
  const planned = planBursts(seed);
  return Array.from({ length: 200 }, () => planned.next().value);
}

test('bursts take 2 to 10 s, and 20 to 40 % of the time with the rest around them', () => {
  for (const { restMs, busyMs } of bursts(1)) {
    expect(busyMs).toBeGreaterThanOrEqual(2_000);
    expect(busyMs).toBeLessThanOrEqual(10_000);
    const share = busyMs / (restMs + busyMs + restMs);
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThanOrEqual(0.4);
  }
});

test('the same seed gives the same bursts, and another seed others', () => {
  expect(bursts(7)).toEqual(bursts(7));
  expect(bursts(7)).not.toEqual(bursts(8));
});
