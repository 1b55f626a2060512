import { describe, expect, test } from '@jest/globals';
import { furtherLoads, loadRow, rowPart, takesLoad } from './load-row.ts';

describe('the loads of a curve', () => {
  test('go from light for the slowest server to too much for the best, in equal steps', () => {
    expect(loadRow([100, 1000], 5)).toEqual([40, 95, 220, 530, 1300]);
    const row = loadRow([100, 7_300], 9);
    const steps = row.slice(1).map((load, index) => load / (row[index] ?? 0));
    for (const step of steps) expect(step / (steps[0] ?? 0)).toBeCloseTo(1, 1);
  });

  test('leave out servers that answer nothing', () => {
    expect(loadRow([0, 100], 3)).toEqual([40, 71, 130]);
    expect(loadRow([0, 0], 3)).toEqual([]);
    expect(loadRow([], 3)).toEqual([]);
  });

  test('are not more than the load generator can send', () => {
    expect(loadRow([1000], 3, 800)).toEqual([400, 570, 800]);
    expect(loadRow([1000], 3, 300)).toEqual([300]);
    expect(loadRow([1000], 3, 0)).toEqual([]);
  });
});

describe('the part of a block', () => {
  test.each([
    [3, 1],
    [3, 2],
    [5, 2],
    [6, 4],
    [8, 3],
  ])('of %s loads, %s at a time, takes each equally often and none twice', (length, size) => {
    const row = Array.from({ length }, (_, index) => 10 * 2 ** index);
    const parts = row.map((_, part) => rowPart(row, size, part));
    for (const part of parts) {
      expect(part).toEqual([...new Set(part)].toSorted((a, b) => a - b));
      expect(part).toHaveLength(size);
    }
    for (const load of row) {
      expect(parts.flat().filter((one) => one === load)).toHaveLength(size);
    }
  });

  test('is the whole row where that is shorter', () => {
    expect(rowPart([10, 20], 5, 3)).toEqual([10, 20]);
    expect(rowPart([], 5, 0)).toEqual([]);
  });
});

test('a server is measured up to the first load that is too much for it', () => {
  const row = [10, 20, 40, 80];
  const taken = (capacity: number) => row.filter((load) => takesLoad(row, load, capacity));
  expect(taken(30)).toEqual([10, 20, 40]);
  expect(taken(20)).toEqual([10, 20, 40]);
  expect(taken(5)).toEqual([10]);
  expect(taken(1000)).toEqual(row);
  expect(taken(0)).toEqual([]);
});

test('a load that a server reaches its objective at is measured unless one like it is', () => {
  expect(furtherLoads([40, 75, 130], [61.4, 76, 61.2])).toEqual([61]);
});
