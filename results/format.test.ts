import { describe, expect, test } from '@jest/globals';
import {
  formatFactor,
  formatNumber,
  formatPercentMore,
  formatRaw,
  formatWithRange,
  joinWithAnd,
  milliseconds,
  percent,
  plural,
} from './format.ts';

describe('a number with a range', () => {
  test.each([
    [1214.4, { low: 1205, high: 1222 }, '1,214 (1,205–1,222)'],
    [1271, { low: 880, high: 1520 }, '1,270 (880–1,520)'],
    [1.9234, { low: 1.88, high: 1.96 }, '1.92 (1.88–1.96)'],
    [0.0788, { low: 0.0781, high: 0.0792 }, '0.0788 (0.0781–0.0792)'],
    [20512, { low: 20000, high: 21000 }, '20,500 (20,000–21,000)'],
    [12.512, { low: 12.44, high: 12.59 }, '12.5 (12.4–12.6)'],
    [5.263, { low: 5.263, high: 5.263 }, '5.26'],
  ])('%p within %p has the digits that the range supports: %p', (value, range, expected) => {
    expect(formatWithRange(value, range)).toBe(expected);
  });

  test.each([
    [1.02, { low: 0.72, high: 1.31 }, '1.02 (0.72–1.31)'],
    [8.7, { low: 4.26, high: 13.1 }, '8.7 (4.3–13.1)'],
    [0.0788, { low: 0.07, high: 0.09 }, '0.079 (0.070–0.090)'],
  ])('%p within %p keeps two significant digits of the smallest: %p', (value, range, expected) => {
    expect(formatWithRange(value, range)).toBe(expected);
  });

  test.each([
    [0.487, { low: 0.034, high: 7.02 }, '0.49 (0.034–7)'],
    [0.13, { low: 0.000000114, high: 142_310 }, '0.13 (0.00000011–140,000)'],
  ])('%p within %p, which is wide, has two significant digits: %p', (value, range, expected) => {
    expect(formatWithRange(value, range)).toBe(expected);
  });

  test('has the same digits when it is shown alone', () => {
    expect(formatNumber(1271, { low: 1250, high: 1290 })).toBe('1,270');
  });
});

test('a number without a range has three significant digits, and no zeros that say nothing', () => {
  expect([1, 0, 0.12345, 12.345, 60, 1234.5].map((value) => formatNumber(value))).toEqual([
    '1',
    '0',
    '0.123',
    '12.3',
    '60',
    '1,230',
  ]);
});

test('a raw value has four significant digits or the unit', () => {
  expect([0.123456, 188.84, 12_345.6, null].map(formatRaw)).toEqual([
    '0.1235',
    '188.8',
    '12,346',
    '∞',
  ]);
});

test('ratios are factors or per cent more', () => {
  const ratio = { ratio: 1.0523, low: 1.041, high: 1.063 };
  expect(formatFactor(ratio)).toEqual({ value: '1.05×', range: '1.04–1.06' });
  expect(formatPercentMore(ratio)).toEqual({ value: '5.2 %', range: '4.1–6.3 %' });
});

test('shares and times have two significant digits', () => {
  expect([0.03, 0.015, 0.0012, 1.234].map(percent)).toEqual(['3 %', '1.5 %', '0.12 %', '120 %']);
  expect([0.346, 2020].map(milliseconds)).toEqual(['0.35 ms', '2,000 ms']);
});

test('lists and counts read as English', () => {
  expect([joinWithAnd([]), joinWithAnd(['a']), joinWithAnd(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a, b and c',
  ]);
  expect([plural(1, 'trial'), plural(2000, 'trial')]).toEqual(['1 trial', '2,000 trials']);
});
