import { describe, expect, test } from '@jest/globals';
import { studentTQuantile, studentTUpperTail } from './student-t.ts';

// Reference values: scipy.stats.t.sf and scipy.stats.t.ppf, SciPy 1.17.1.
const tails = [
  [0, 3, 0.5],
  [0.5, 1, 0.35241638234956674],
  [1, 1, 0.25],
  [2, 2, 0.09175170953613698],
  [2.571, 5, 0.0249873173419257],
  [-1.5, 4.7, 0.9012292495686011],
  [3, 9.3, 0.007214089885619335],
  [10, 4, 0.0002810018113579955],
  [60, 2, 0.00013883104529733938],
  [0.001, 30, 0.49960436788324253],
  [1.96, 1000, 0.025136592477874368],
  [1.7, 1e6, 0.04456561824517442],
  [25, 20, 7.343137411726152e-17],
] as const;

const quantiles = [
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.95, 4, 2.1318467863266495],
  [0.975, 5, 2.5705818356363146],
  [0.99, 9, 2.821437925025809],
  [0.999, 3, 10.214531852407383],
  [0.8, 14, 0.8680547815574207],
  [0.025, 7, -2.3646242515927844],
  [0.9999, 6.5, 7.486928276387916],
  [0.975, 1e5, 1.9599877075346095],
  [1 - 0.05 / 36, 4, 6.569700477595786],
] as const;

const relativeError = (found: number, expected: number) => Math.abs(found / expected - 1);

describe("Student's t", () => {
  test.each(tails)('has beyond t = %d, with %d degrees of freedom, the tail %d', (t, df, tail) => {
    expect(relativeError(studentTUpperTail(t, df), tail)).toBeLessThan(1e-8);
  });

  test.each(quantiles)('has the %d quantile, with %d degrees of freedom, at %d', (p, df, t) => {
    expect(relativeError(studentTQuantile(p, df), t)).toBeLessThan(1e-8);
  });

  test('has its median at 0 and its ends at infinity', () => {
    expect(studentTQuantile(0.5, 3)).toBeCloseTo(0, 12);
    expect(studentTQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(studentTQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTUpperTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
  });
});
