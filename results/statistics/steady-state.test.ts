import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { seededRandom } from './random.ts';
import { mser5, steadyState } from './steady-state.ts';

/** Counts of about 300 a bin over 5 s, with 5 % noise, with the given level over the window. */
function countsOf(level: (time: number) => number, seed: number, bins = 50): number[] {
  const normal = normalDeviates(seededRandom(seed, 'steady state'));
  return Array.from({ length: bins }, (_, bin) =>
    Math.round(300 * level(bin / bins) * (1 + 0.05 * normal())),
  );
}
const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const verdicts = (level: (time: number) => number) =>
  seeds.map((seed) => steadyState(countsOf(level, seed)));
const countOf = (level: (time: number) => number, kind: string) =>
  verdicts(level).filter((verdict) => verdict.kind === kind).length;

describe('a steady state', () => {
  test('is found in pure noise', () => {
    expect(countOf(() => 1, 'steady')).toBe(100);
  });

  test('is not found in a cold start, whose length and depth are given', () => {
    const cold = (time: number) => (time < 0.2 ? 0.6 : 1);
    expect(countOf(cold, 'warming-up')).toBeGreaterThanOrEqual(99);
    const verdict = steadyState(countsOf(cold, 1));
    expect(verdict).toMatchObject({ kind: 'warming-up', bins: 10 });
    expect(verdict.kind === 'warming-up' && verdict.change).toBeCloseTo(-0.4, 1);
  });

  test('is not found in a server that slows down all the time', () => {
    expect(countOf((time) => 1 - 0.3 * time, 'steady')).toBe(0);
    expect(steadyState(countsOf((time) => 1 - 0.6 * time, 1))).toMatchObject({
      kind: 'unsteady',
      cause: 'trend',
    });
  });

  test('is not found when the level falls late', () => {
    expect(countOf((time) => (time < 0.75 ? 1 : 0.8), 'unsteady')).toBeGreaterThanOrEqual(95);
  });

  test('is unknown in less than a second, and for a server that answers nothing', () => {
    expect(steadyState(countsOf(() => 1, 1, 9))).toEqual({ kind: 'too-short' });
    expect(steadyState(Array.from({ length: 50 }, () => 0))).toEqual({ kind: 'too-short' });
  });

  test('may be a constant', () => {
    expect(steadyState(Array.from({ length: 50 }, () => 10))).toEqual({ kind: 'steady' });
  });
});

describe('MSER-5', () => {
  test('drops the batches that differ from the rest', () => {
    expect(
      mser5([
        ...Array.from({ length: 10 }, () => 1),
        ...Array.from({ length: 40 }, (_, i) => 9 + (i % 2)),
      ]),
    ).toBe(10);
  });

  test('drops half at most', () => {
    expect(mser5(Array.from({ length: 50 }, (_, index) => Math.exp(-index / 10)))).toBe(25);
  });
});
