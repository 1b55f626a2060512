import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { parseDurationSeconds, parseShare, parseWholeNumber } from './quantities.ts';

test.each([
  ['5', 5],
  ['1.5s', 1.5],
  ['500ms', 0.5],
  ['350ms', 0.35],
  ['2m', 120],
  ['2min', 120],
])('a duration of %s is %d seconds', (text, seconds) => {
  expect(parseDurationSeconds('--duration', text)).toBe(seconds);
});

test.each(['abc', '', '0', '-1', '5 apples', '1e3', '2h', 'NaN', '4000'])(
  'a duration of "%s" is refused with its flag and value',
  (text) => {
    expect(() => parseDurationSeconds('--duration', text)).toThrow(UsageError);
    expect(() => parseDurationSeconds('--duration', text)).toThrow(`--duration`);
    expect(() => parseDurationSeconds('--duration', text)).toThrow(`"${text}"`);
  },
);

test('a whole number at its limits is taken', () => {
  expect(parseWholeNumber('--workers', '1', 1, 8)).toBe(1);
  expect(parseWholeNumber('--workers', '8', 1, 8)).toBe(8);
});

test.each(['0', '9', '1.5', '-1', 'many', ''])('"%s" is not a whole number from 1 to 8', (text) => {
  expect(() => parseWholeNumber('--workers', text, 1, 8)).toThrow(
    `--workers must be a whole number from 1 to 8; "${text}" is not.`,
  );
});

test('a percentage is a share', () => {
  expect(parseShare('--fail-on-regression', '5%')).toBe(0.05);
  expect(parseShare('--fail-on-regression', '2.5 %')).toBe(0.025);
});

test.each(['5', '0%', '100%', 'five', '-5%'])('"%s" is no percentage', (text) => {
  expect(() => parseShare('--fail-on-regression', text)).toThrow(`"${text}" is not`);
});
