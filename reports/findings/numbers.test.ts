import { describe, expect, test } from '@jest/globals';
import { formatNumber, formatWithRange, listed, plural } from './numbers.ts';

describe('a number', () => {
  test.each([
    [1214.4, { low: 1205, high: 1222 }, '1,214 (1,205–1,222)'],
    [1271, { low: 900, high: 1500 }, '1,300 (900–1,500)'],
    [1.9234, { low: 1.88, high: 1.96 }, '1.92 (1.88–1.96)'],
    [0.0788, { low: 0.0781, high: 0.0792 }, '0.0788 (0.0781–0.0792)'],
    [0.0788, { low: 0.07, high: 0.09 }, '0.079 (0.070–0.090)'],
    [20512, { low: 20000, high: 21000 }, '20,500 (20,000–21,000)'],
  ])('%p within %p is written %p', (value, range, expected) => {
    expect(formatWithRange(value, range)).toBe(expected);
  });

  test('without a range has three digits', () => {
    expect([1, 0, 0.12345, 12.345, 1234.5].map((value) => formatNumber(value))).toEqual([
      '1.00',
      '0.00',
      '0.123',
      '12.3',
      '1,230',
    ]);
  });
});

test('lists and counts read as English', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  expect([plural(1, 'trial'), plural(2000, 'trial')]).toEqual(['1 trial', '2,000 trials']);
});
