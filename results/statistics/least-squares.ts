import { sumOf } from './summary.ts';

/**
 * The coefficients b that make the sum of (y − Σ b_j·x_j)² smallest, from the normal equations by Gaussian elimination
 * with pivoting: for a few columns.
 *
 * @param rows x of each observation; at least as many as there are coefficients, and of full rank
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  ys: readonly number[],
): number[] {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
  const dot = (one: readonly number[], other: readonly number[]) =>
    sumOf(one.map((value, index) => value * (other[index] ?? 0)));
  const equations = columns.map((column) => [
    ...columns.map((other) => dot(column, other)),
    dot(column, ys),
  ]);
  for (const pivot of equations.keys()) {
    const size = (equation: number) => Math.abs(equations[equation]?.[pivot] ?? 0);
    const below = [...equations.keys()].slice(pivot);
    const largest = below.reduce((one, other) => (size(other) > size(one) ? other : one));
    const [lead = []] = equations.splice(largest, 1);
    const scaled = lead.map((value) => value / (lead[pivot] ?? 0));
    equations.splice(pivot, 0, scaled);
    for (const [index, equation] of equations.entries()) {
      const factor = index === pivot ? 0 : (equation[pivot] ?? 0);
      equations[index] = equation.map((value, column) => value - factor * (scaled[column] ?? 0));
    }
  }
  return equations.map((equation) => equation.at(-1) ?? Number.NaN);
}
