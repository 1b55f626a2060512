import { describe, expect, test } from '@jest/globals';
import { blocksToShowEquivalence, blocksToTellApart } from './sample-size.ts';

const aim = { standardDeviation: 1, alpha: 0.05, power: 0.8 };

describe('the number of blocks to show a difference', () => {
  // statsmodels.stats.power.TTestPower.solve_power (exact, by the non-central t), rounded up.
  test.each([
    [0.3, 0.05, 0.8, 90],
    [0.5, 0.05, 0.8, 34],
    [1, 0.05, 0.8, 10],
    [2, 0.05, 0.8, 5],
    [5, 0.05, 0.8, 3],
    [0.3, 0.01, 0.9, 169],
    [0.5, 0.01, 0.9, 63],
    [1, 0.01, 0.9, 19],
  ])(
    'for an effect of %d sd, α = %d and power %d is about %d',
    (logRatio, alpha, power, blocks) => {
      const found = blocksToTellApart({ logRatio, standardDeviation: 1, alpha, power });
      expect(Math.abs((found ?? 0) - blocks)).toBeLessThanOrEqual(1);
    },
  );

  test('does not depend on which server is ahead', () => {
    expect(blocksToTellApart({ ...aim, logRatio: -0.5 })).toBe(34);
  });

  test('is null when it is not feasible', () => {
    expect(blocksToTellApart({ ...aim, logRatio: 0.001 })).toBeNull();
    expect(blocksToTellApart({ ...aim, logRatio: 0 })).toBeNull();
  });
});

describe('the number of blocks to show equivalence', () => {
  test('grows as the effect approaches the margin and is null beyond it', () => {
    const spread = { standardDeviation: 0.02, alpha: 0.05, power: 0.8 };
    const blocks = [0, 0.01, 0.02, 0.04].map((logRatio) =>
      blocksToShowEquivalence({ ...spread, logRatio }, 0.03),
    );
    // Simulated with SciPy, these give powers of 0.85, 0.91 and 0.91: at least the power requested.
    expect(blocks).toEqual([6, 11, 40, null]);
  });

  test('is two, the fewest there can be, when nothing varies', () => {
    expect(blocksToShowEquivalence({ ...aim, standardDeviation: 0, logRatio: 0 }, 0.03)).toBe(2);
  });
});
