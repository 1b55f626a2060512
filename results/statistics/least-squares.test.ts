import { expect, test } from '@jest/globals';
import { leastSquares } from './least-squares.ts';

test('a line through points on it is found again', () => {
  const [start, slope] = leastSquares(
    [1, 2, 5].map((x) => [1, x]),
    [5, 7, 13],
  );
  expect(start).toBeCloseTo(3, 9);
  expect(slope).toBeCloseTo(2, 9);
});

test('the line through scattered points is the one of a textbook', () => {
  // F. J. Anscombe, "Graphs in statistical analysis", 1973: the first data set.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const [start, slope] = leastSquares(
    x.map((one) => [1, one]),
    y,
  );
  expect(start).toBeCloseTo(3, 3);
  expect(slope).toBeCloseTo(0.5, 3);
});

test('columns of very different sizes do no harm', () => {
  const rows = [1, 2, 4, 8, 64, 256].map((n) => [n * (n - 1), 1, n - 1]);
  const wanted = [1e-5, 0.01, 2e-3];
  const ys = rows.map((row) => row.reduce((sum, x, column) => sum + x * (wanted[column] ?? 0), 0));
  const found = leastSquares(rows, ys);
  for (const [column, value] of wanted.entries()) expect(found[column]).toBeCloseTo(value, 9);
});
