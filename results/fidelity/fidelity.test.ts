import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { seededRandom } from '../statistics/random.ts';
import { fidelityFrom, meanFidelity } from './fidelity.ts';

describe('the fidelity by one measure', () => {
  test('is 1 for two that are equal in every block', () => {
    expect(fidelityFrom([0, 0, 0])).toEqual({ score: 1, interval: { low: 1, high: 1 } });
  });

  test.each([
    ['twice', Math.log(2)],
    ['half', -Math.log(2)],
  ])('is a half where the model does %s as much', (_, logRatio) => {
    const fidelity = fidelityFrom([logRatio, logRatio, logRatio]);
    expect(fidelity?.score).toBeCloseTo(0.5, 12);
    expect(fidelity?.interval?.low).toBeCloseTo(0.5, 12);
    expect(fidelity?.interval?.high).toBeCloseTo(0.5, 12);
  });

  test('may be 1 where the interval of the mean contains 0', () => {
    // Mean 0.02, standard error 0.02, t(0.975, 2) = 4.303: from −0.0661 to 0.1061.
    const fidelity = fidelityFrom([-0.01464, 0.02, 0.05464]);
    expect(fidelity?.score).toBeCloseTo(Math.exp(-0.02), 4);
    expect(fidelity?.interval?.low).toBeCloseTo(Math.exp(-0.1061), 3);
    expect(fidelity?.interval?.high).toBe(1);
  });

  test('has no interval from one block, and is none without any', () => {
    expect(fidelityFrom([Math.log(0.9)])).toEqual({ score: 0.9, interval: null });
    expect(fidelityFrom([])).toBeNull();
  });
});

describe('the mean of fidelities', () => {
  const exact = (score: number) => ({ score, interval: { low: score, high: score } });

  test('is geometric', () => {
    expect(meanFidelity([exact(1), exact(0.25)])?.score).toBeCloseTo(0.5, 12);
    expect(meanFidelity([])).toBeNull();
  });

  test('has an interval that reaches as far as those of its parts on average', () => {
    const wide = { score: 0.9, interval: { low: 0.9 / 1.21, high: 1 } };
    const mean = meanFidelity([wide, exact(0.4)]);
    expect(mean?.score).toBeCloseTo(0.6, 12);
    expect(mean?.interval?.low).toBeCloseTo(0.6 / 1.1, 12);
    expect(mean?.interval?.high).toBeCloseTo(0.6 * 1.1, 12);
  });

  test('has no interval where a part has none', () => {
    expect(meanFidelity([exact(1), { score: 0.9, interval: null }])?.interval).toBeNull();
  });

  /** Three measures in each of five blocks, with a cv of 3 %, of a model that is off by so much. */
  function coverage(distances: readonly number[], shared: number): number {
    const normal = normalDeviates(seededRandom(7, `coverage ${shared}`));
    const truth = Math.exp(-distances.reduce((sum, one) => sum + Math.abs(one), 0) / 3);
    const runs = 700;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const common = Array.from({ length: 5 }, normal);
      const parts = distances.flatMap((distance) => {
        const errors = common.map(
          (error) => Math.sqrt(shared) * error + Math.sqrt(1 - shared) * normal(),
        );
        return fidelityFrom(errors.map((error) => distance + 0.03 * error)) ?? [];
      });
      const interval = meanFidelity(parts)?.interval;
      if (interval && interval.low <= truth && truth <= interval.high) covered += 1;
    }
    return covered / runs;
  }

  test.each([
    ['none of the noise', 0],
    ['half of the noise', 0.5],
    ['all of the noise', 1],
  ])('covers the truth in 95 %% of runs and more when measures share %s', (_, shared) => {
    for (const distances of [
      [0, 0, 0],
      [0.1, -0.2, 0.05],
      [0.3, 0.3, 0.3],
    ]) {
      expect(coverage(distances, shared)).toBeGreaterThan(0.935);
    }
  });
});
