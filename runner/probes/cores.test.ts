import { expect, test } from '@jest/globals';
import { coresFrom } from './cores.ts';

test('siblings that are numbered apart make one core', () => {
  expect(
    coresFrom(['0,4\n', '1,5\n', '2,6\n', '3,7\n', '0,4\n', '1,5\n', '2,6\n', '3,7\n']),
  ).toEqual([
    [0, 4],
    [1, 5],
    [2, 6],
    [3, 7],
  ]);
});

test('siblings that are neighbours do, too', () => {
  expect(coresFrom(['2-3', '2-3', '0-1', '0-1'])).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test('CPUs without siblings are cores of their own', () => {
  expect(coresFrom(['0', '1', '10'])).toEqual([[0], [1], [10]]);
});
