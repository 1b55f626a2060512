import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { anytimeEvidence } from './anytime-t-test.ts';
import { meanEstimate } from './estimate.ts';
import { seededRandom } from './random.ts';
import { blocksToExclude } from './sample-size.ts';

describe('the number of blocks to exclude a value', () => {
  test('is the first for which the evidence is as much as needed', () => {
    const n = blocksToExclude(0.02, 0.02, 20);
    const evidenceAfter = (blocks: number) =>
      anytimeEvidence({
        value: 0.02,
        standardError: 0.02 / Math.sqrt(blocks),
        degreesOfFreedom: blocks - 1,
      });
    expect(n).toBe(18);
    expect(evidenceAfter(18)).toBeGreaterThanOrEqual(20);
    expect(evidenceAfter(17)).toBeLessThan(20);
  });

  test('grows as the value comes closer, as values vary more and as more evidence is needed', () => {
    const counts = [
      blocksToExclude(0.1, 0.02, 20),
      blocksToExclude(0.05, 0.02, 20),
      blocksToExclude(0.05, 0.04, 20),
      blocksToExclude(0.05, 0.04, 200),
    ];
    expect(counts).toEqual([4, 6, 13, 18]);
  });

  test.each([
    [0.7, 20],
    [2.5, 20],
    [1, 180],
    [2.5, 180],
  ])(
    'is enough in more than half of the runs, for an effect of %d sd and evidence of %d',
    (effect, needed) => {
      const blocks = blocksToExclude(effect, 1, needed) ?? 0;
      const normal = normalDeviates(seededRandom(1, `${effect} ${needed}`));
      const runs = 1000;
      const claimed = Array.from({ length: runs }, () => {
        const values = Array.from({ length: blocks }, () => effect + normal());
        return values.some(
          (_, last) =>
            last >= 2 && anytimeEvidence(meanEstimate(values.slice(0, last + 1))) >= needed,
        );
      });
      const share = claimed.filter(Boolean).length / runs;
      expect(share).toBeGreaterThan(0.55);
      expect(share).toBeLessThan(0.75);
    },
  );

  test('is null when it is not feasible', () => {
    expect(blocksToExclude(0.001, 1, 20)).toBeNull();
    expect(blocksToExclude(0, 1, 20)).toBeNull();
    expect(blocksToExclude(-0.01, 1, 20)).toBeNull();
  });

  test('is as few as there can be when nothing varies', () => {
    expect(blocksToExclude(0.03, 0, 20)).toBe(2);
  });
});
