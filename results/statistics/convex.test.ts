import { describe, expect, test } from '@jest/globals';
import { convexCurve } from './convex.ts';

const points = (...ys: readonly number[]) => ys.map((y, x) => ({ x, y, weight: 1 }));

describe('the convex curve', () => {
  test('meets points that are convex already, with lines between them and beyond', () => {
    const curve = convexCurve(points(1, 1, 2, 4));
    for (const [x, y] of [
      [0, 1],
      [1.5, 1.5],
      [2, 2],
      [3, 4],
      [5, 8],
    ] as const)
      expect(curve(x)).toBeCloseTo(y, 4);
  });

  test('never falls: points that do are met at their mean', () => {
    const curve = convexCurve(points(3, 2, 1));
    expect(curve(0)).toBeCloseTo(2, 4);
    expect(curve(2)).toBeCloseTo(2, 4);
  });

  test('bends only upwards: points that bend downwards are met by their line', () => {
    const curve = convexCurve(points(0, 3, 3));
    expect(curve(2) - curve(1)).toBeCloseTo(curve(1) - curve(0), 4);
    expect(curve(1)).toBeCloseTo(2, 4);
  });

  test('is closer to points with more weight', () => {
    const [first, second, third] = points(3, 2, 2);
    if (!first || !second || !third) throw new Error('three points');
    expect(convexCurve([{ ...first, weight: 8 }, second, third])(0)).toBeCloseTo(2.8, 4);
  });
});
