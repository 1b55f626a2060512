import { describe, expect, test } from '@jest/globals';
import { type Random, seededRandom } from './random.ts';
import { largestTaperWeight, taperWeight } from './taper.ts';

const slots = 5;
const periodMs = 51;
const truth = (slots / periodMs) * 1000;
const windowsMs = Array.from({ length: 20 }, (_, index) => 300 * (5000 / 300) ** (index / 19));

/** Measures slots that each complete every 51 ms, give or take the jitter, in a window that starts anywhere. */
function measuredShare(offsetsMs: readonly number[], windowMs: number, random: Random): number {
  const startMs = periodMs * (2 + random());
  let sum = 0;
  for (const offsetMs of offsetsMs) {
    for (let ms = offsetMs; ms < startMs + windowMs + periodMs; ms += periodMs) {
      const position = (ms + 2 * random() - 1 - startMs) / windowMs;
      if (position >= 0 && position < 1) sum += taperWeight(position);
    }
  }
  return ((sum / windowMs) * 1000) / truth;
}

test('the mean weight over a window is 1, and no weight is larger than the one in its middle', () => {
  const weights = Array.from({ length: 1000 }, (_, index) => taperWeight((index + 0.5) / 1000));
  expect(weights.reduce((sum, weight) => sum + weight) / weights.length).toBeCloseTo(1, 5);
  expect(Math.max(...weights)).toBe(largestTaperWeight);
});

describe('five slots that complete every 51 ms are measured within 1 % in windows of 0.3 to 5 s', () => {
  test.each([
    ['in step', [0, 0, 0, 0, 0]],
    ['spread over a few ms', [0, 1, 2, 3, 4]],
    ['in two groups', [0, 0, 25, 25, 25]],
    ['out of step', [3, 11, 24, 38, 40]],
  ])('%s', (_, offsetsMs) => {
    const random = seededRandom(1, 'phases');
    const shares = windowsMs.flatMap((windowMs) =>
      Array.from({ length: 100 }, () => measuredShare(offsetsMs, windowMs, random)),
    );
    expect(Math.min(...shares)).toBeGreaterThan(0.99);
    expect(Math.max(...shares)).toBeLessThan(1.01);
  });
});
