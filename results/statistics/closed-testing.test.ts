import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { anytimeEvidence } from './anytime-t-test.ts';
import { adjustedEvidence, evidenceNeeded, type WeightedEvidence } from './closed-testing.ts';
import { meanEstimate } from './estimate.ts';
import { holmAdjusted } from './holm.ts';
import { seededRandom } from './random.ts';

const alpha = 0.05;
const weighted = (evidence: number, weight = 1): WeightedEvidence => ({ evidence, weight });

/** Up to eight comparisons with evidence from 0.05 to 3000. */
const families = Array.from({ length: 200 }, (_, family) => {
  const random = seededRandom(family, 'evidence');
  return Array.from({ length: 1 + (family % 8) }, () =>
    weighted(0.05 * 60_000 ** random(), random() < 0.5 ? 1 : 0.25),
  );
});

function smallestMean(one: WeightedEvidence, all: readonly WeightedEvidence[]): number {
  const means = Array.from({ length: 2 ** all.length }, (_, bits) => {
    const chosen = all.filter((other, index) => other === one || (bits >> index) % 2 === 1);
    const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
    return chosen.reduce((sum, { evidence, weight }) => sum + evidence * weight, 0) / total;
  });
  return Math.min(...means);
}

describe('adjusted evidence', () => {
  test('is the smallest weighted mean over all sets with the comparison', () => {
    for (const all of families) {
      for (const one of all) {
        expect(adjustedEvidence(one, all)).toBeCloseTo(smallestMean(one, all), 9);
      }
    }
  });

  test('of equal weights is never less than with Holm’s or Bonferroni’s method', () => {
    for (const family of families) {
      const all = family.map(({ evidence }) => weighted(evidence));
      const byHolm = holmAdjusted(all.map(({ evidence }) => Math.min(1, 1 / evidence)));
      for (const [index, one] of all.entries()) {
        const pValue = Math.min(1, 1 / adjustedEvidence(one, all));
        expect(pValue).toBeLessThanOrEqual((byHolm[index] ?? 0) + 1e-12);
        expect(pValue).toBeLessThanOrEqual(Math.min(1, all.length / one.evidence) + 1e-12);
      }
    }
  });

  test('is the evidence itself where there is no other, or the others show more', () => {
    const one = weighted(30);
    expect(adjustedEvidence(one, [one])).toBe(30);
    expect(adjustedEvidence(one, [weighted(40), one, weighted(Number.POSITIVE_INFINITY)])).toBe(30);
  });
});

test('the evidence needed is what makes the adjusted evidence reach the threshold', () => {
  for (const all of families) {
    const [first, ...others] = all as [WeightedEvidence, ...WeightedEvidence[]];
    const enough = { ...first, evidence: evidenceNeeded(first, all, 20) };
    const less = { ...enough, evidence: enough.evidence * 0.999 };
    expect(adjustedEvidence(enough, [enough, ...others])).toBeCloseTo(20, 9);
    expect(adjustedEvidence(less, [less, ...others])).toBeLessThan(20);
  }
});

describe('looking after every block from the third to the twelfth', () => {
  interface Watched {
    /** The blocks after which the first effect was claimed. */
    readonly blocks: number;
    readonly holmBlocks: number;
    readonly isFalse: boolean;
  }

  /** Runs of three servers, by mean in sd, with a main metric and another that correlates with it. */
  function watchRuns(means: readonly [number, number, number], runs: number): Watched[] {
    const normal = normalDeviates(seededRandom(1, `family ${means.join()}`));
    const workloads = 3;
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const;
    const block = () =>
      Array.from({ length: workloads }, () => {
        const noise = means.map(() => normal() / Math.SQRT2);
        const main = means.map((mean, index) => mean + (noise[index] ?? 0));
        const other = main.map((value) => value + 0.3 * normal());
        return [main, other].flatMap((values) =>
          pairs.map(([a, b]) => (values[a] ?? 0) - (values[b] ?? 0)),
        );
      }).flat();
    return Array.from({ length: runs }, () => {
      const blocks = Array.from({ length: 12 }, block);
      let [claimed, byHolm, isFalse] = [12, 12, false];
      for (let n = 12; n >= 3; n--) {
        const all = Array.from({ length: workloads * 6 }, (_, index) => {
          const seen = meanEstimate(blocks.slice(0, n).map((values) => values[index] ?? 0));
          return weighted(anytimeEvidence(seen), index % 6 < 3 ? 1 : 0.25);
        });
        const isClaimed = all.map((one) => adjustedEvidence(one, all) > 1 / alpha);
        const holm = holmAdjusted(all.map(({ evidence }) => Math.min(1, 1 / evidence)));
        if (isClaimed[0]) claimed = n;
        if ((holm[0] ?? 1) < alpha) byHolm = n;
        isFalse ||= isClaimed.some((is, index) => {
          const [a, b] = pairs[index % 3] ?? [0, 0];
          return is && means[a] === means[b];
        });
      }
      return { blocks: claimed, holmBlocks: byHolm, isFalse };
    });
  }

  test.each([[[0, 0, 0] as const], [[0, 5, 5] as const], [[0, 0, 30] as const]])(
    'makes a false claim in at most 5 %% of runs of servers at %j sd',
    (means) => {
      const watched = watchRuns(means, 300);
      expect(watched.filter(({ isFalse }) => isFalse).length / 300).toBeLessThan(0.05);
    },
  );

  test('claims an effect of 15 sd sooner than Holm’s method', () => {
    const watched = watchRuns([0, 15, 15], 100);
    const mean = (blocks: readonly number[]) => blocks.reduce((sum, n) => sum + n, 0) / 100;
    expect(mean(watched.map(({ blocks }) => blocks))).toBeLessThan(
      mean(watched.map(({ holmBlocks }) => holmBlocks)) - 0.3,
    );
  });
});
