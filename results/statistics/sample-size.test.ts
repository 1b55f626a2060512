import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { anytimePValue } from './anytime-t-test.ts';
import { meanEstimate } from './estimate.ts';
import { seededRandom } from './random.ts';
import { blocksToExclude } from './sample-size.ts';

describe('the number of blocks to exclude a value', () => {
  test('is the first for which the evidence reaches 1/α', () => {
    const n = blocksToExclude(0.02, 0.02, 0.05);
    const pValueAfter = (blocks: number) =>
      anytimePValue({
        value: 0.02,
        standardError: 0.02 / Math.sqrt(blocks),
        degreesOfFreedom: blocks - 1,
      });
    expect(n).toBe(18);
    expect(pValueAfter(18)).toBeLessThanOrEqual(0.05);
    expect(pValueAfter(17)).toBeGreaterThan(0.05);
  });

  test('grows as the value comes closer, as values vary more and as α falls', () => {
    const counts = [
      blocksToExclude(0.1, 0.02, 0.05),
      blocksToExclude(0.05, 0.02, 0.05),
      blocksToExclude(0.05, 0.04, 0.05),
      blocksToExclude(0.05, 0.04, 0.005),
    ];
    expect(counts).toEqual([4, 6, 13, 18]);
  });

  test.each([
    [0.7, 0.05],
    [2.5, 0.05],
    [1, 0.05 / 9],
    [2.5, 0.05 / 9],
  ])(
    'is enough in more than half of the runs, for an effect of %d sd and α = %d',
    (effect, alpha) => {
      const blocks = blocksToExclude(effect, 1, alpha) ?? 0;
      const normal = normalDeviates(seededRandom(1, `${effect} ${alpha}`));
      const runs = 1000;
      const claimed = Array.from({ length: runs }, () => {
        const values = Array.from({ length: blocks }, () => effect + normal());
        return values.some(
          (_, last) => last >= 2 && anytimePValue(meanEstimate(values.slice(0, last + 1))) < alpha,
        );
      });
      const share = claimed.filter(Boolean).length / runs;
      expect(share).toBeGreaterThan(0.55);
      expect(share).toBeLessThan(0.75);
    },
  );

  test('is null when it is not feasible', () => {
    expect(blocksToExclude(0.001, 1, 0.05)).toBeNull();
    expect(blocksToExclude(0, 1, 0.05)).toBeNull();
    expect(blocksToExclude(-0.01, 1, 0.05)).toBeNull();
  });

  test('is as few as there can be when nothing varies', () => {
    expect(blocksToExclude(0.03, 0, 0.05)).toBe(2);
  });
});
