import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { anytimeEvidence, anytimeHalfWidth, evidenceAgainstZero } from './anytime-t-test.ts';
import { type Estimate, meanEstimate } from './estimate.ts';
import { seededRandom } from './random.ts';

const estimate = (t: number, n: number, standardError = 1): Estimate => ({
  value: t * standardError,
  standardError,
  degreesOfFreedom: n - 1,
});

describe('the evidence against a mean of zero', () => {
  // By numerical integration of the noncentral t density over the prior, for g = 10: 21.834664946695554 at t = 5, n = 6;
  // 56.00676486368624 at t = 10, n = 4. With the closed form for g = 1000, the means are:
  test.each([
    [5, 6, 12.308011288231878],
    [10, 4, 37.167935265901505],
    [3, 12, 1.7418518826030702],
    [0, 3, 0.09892983923384886],
  ])('of t = %d from %d values is %d', (t, n, evidence) => {
    expect(evidenceAgainstZero(t, n)).toBeCloseTo(evidence, 9);
    expect(evidenceAgainstZero(-t, n)).toBeCloseTo(evidence, 9);
  });

  test('is bounded however far the mean is: by (1 + ng)^((n − 1)/2) for each g', () => {
    expect(evidenceAgainstZero(Number.POSITIVE_INFINITY, 3)).toBeCloseTo((31 + 3001) / 2, 9);
    expect(evidenceAgainstZero(1e200, 3)).toBeCloseTo((31 + 3001) / 2, 9);
  });
});

describe('the evidence of an estimate', () => {
  test('is that of its mean in standard errors, of either sign', () => {
    expect(anytimeEvidence(estimate(5, 6, 0.01))).toBeCloseTo(12.308011288231878, 9);
    expect(anytimeEvidence(estimate(-5, 6, 0.01))).toBeCloseTo(12.308011288231878, 9);
  });

  test('from values that agree to the last digit is as much as so many values allow', () => {
    const same = { standardError: 0, degreesOfFreedom: 2 };
    expect(anytimeEvidence({ value: 0.1, ...same })).toBeCloseTo(1516, 9);
    expect(anytimeEvidence({ value: 0, ...same })).toBeLessThan(1);
  });
});

describe('the interval', () => {
  test('reaches as far as the values against which the evidence is below 20', () => {
    for (const n of [3, 6, 12]) {
      const t = anytimeHalfWidth(estimate(0, n, 1), 0.95);
      expect(anytimeEvidence(estimate(t, n))).toBeCloseTo(20, 9);
      expect(anytimeHalfWidth(estimate(0, n, 0.01), 0.95)).toBeCloseTo(0.01 * t, 9);
    }
  });

  test('is unbounded where so few values exclude nothing, and a point where they all agree', () => {
    expect(anytimeHalfWidth(estimate(0, 2), 0.99)).toBe(Number.POSITIVE_INFINITY);
    expect(anytimeHalfWidth(estimate(0, 2, 0), 0.99)).toBe(Number.POSITIVE_INFINITY);
    expect(anytimeHalfWidth(estimate(0, 3, 0), 0.95)).toBe(0);
  });
});

describe('looking after every value from the third to the twelfth', () => {
  const runs = 2000;
  const alpha = 0.05;

  /** The number of values after which a simulated run first meets a condition: null where it never does. */
  function firstLook(effect: number, isMet: (seen: Estimate) => boolean): (number | null)[] {
    const normal = normalDeviates(seededRandom(1, `looks ${effect}`));
    return Array.from({ length: runs }, () => {
      const values = Array.from({ length: 12 }, () => effect + normal());
      for (let n = 3; n <= 12; n++) if (isMet(meanEstimate(values.slice(0, n)))) return n;
      return null;
    });
  }
  const share = (looks: readonly (number | null)[], limit = 12) =>
    looks.filter((n) => n !== null && n <= limit).length / runs;

  test('claims a difference that does not exist in at most 5 % of runs', () => {
    expect(share(firstLook(0, (seen) => anytimeEvidence(seen) > 1 / alpha))).toBeLessThan(0.025);
  });

  test('claims a large one within four blocks, even as one of nine', () => {
    const looks = firstLook(30, (seen) => anytimeEvidence(seen) > 9 / alpha);
    expect(share(looks, 4)).toBeGreaterThan(0.995);
  });

  test('ever has an interval without the true value in at most 5 % of runs', () => {
    const misses = ({ value, ...seen }: Estimate) =>
      Math.abs(value - 2) > anytimeHalfWidth({ value, ...seen }, 1 - alpha);
    expect(share(firstLook(2, misses))).toBeLessThan(0.025);
  });
});
