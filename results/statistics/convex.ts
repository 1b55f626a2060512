import { sumOf } from './summary.ts';

/** A point of a curve; `weight` is above 0. */
export interface WeightedPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

const mostSweeps = 5000;
/** A share of the sum of squares: a sweep that improves less is the last. */
const leastImprovement = 1e-14;

/**
 * The curve that never falls, bends only upwards and is closest to the points by weighted least squares (C. Hildreth,
 * "Point estimates of ordinates of concave functions", 1954): lines between the points, and beyond the last one as the last.
 *
 * @param points with y ≥ 0, by x, the lowest first, no x twice
 * @returns y at x
 */
export function convexCurve(points: readonly WeightedPoint[]): (x: number) => number {
  const [first] = points;
  const knots = points.slice(0, -1).map(({ x }) => x);
  const basis = (x: number) => [1, ...knots.map((knot) => Math.max(0, x - knot))];
  const rows = points.map(({ x }) => basis(x));
  const heights = basis(0).map(() => 0);
  heights[0] = first?.y ?? 0;
  const residuals = points.map(({ y }) => y - (heights[0] ?? 0));
  const norms = heights.map((_, column) =>
    sumOf(points.map(({ weight }, row) => weight * (rows[row]?.[column] ?? 0) ** 2)),
  );
  const squares = sumOf(points.map(({ y, weight }) => weight * y * y));
  // Coordinate descent: each coefficient in turn takes its best value that is not below 0.
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let improvement = 0;
    for (const [column, height] of heights.entries()) {
      const norm = norms[column] ?? 0;
      const slope = sumOf(
        points.map(
          ({ weight }, row) => weight * (rows[row]?.[column] ?? 0) * (residuals[row] ?? 0),
        ),
      );
      const next = norm > 0 ? Math.max(0, height + slope / norm) : 0;
      const change = next - height;
      heights[column] = next;
      for (const row of rows.keys()) {
        residuals[row] = (residuals[row] ?? 0) - change * (rows[row]?.[column] ?? 0);
      }
      improvement += change * change * norm;
    }
    if (improvement <= leastImprovement * squares) break;
  }
  return (x) => sumOf(basis(x).map((value, column) => value * (heights[column] ?? 0)));
}
