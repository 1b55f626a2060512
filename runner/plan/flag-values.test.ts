import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { findByName, parseDurationSeconds, parseShare, parseWholeNumber } from './flag-values.ts';

const models = [{ name: 'event-loop' }, { name: 'prefork' }, { name: 'pool' }];

test('a name finds its item', () => {
  expect(findByName('model', models, 'pool')).toBe(models[2]);
});

test('a misspelt name suggests the nearest', () => {
  expect(() => findByName('model', models, 'prefrok')).toThrow(UsageError);
  expect(() => findByName('model', models, 'prefrok')).toThrow('did you mean prefork?');
});

test('a name like no other lists what there is, without a suggestion', () => {
  const find = () => findByName('model', models, 'xyzzyxyzzy');
  expect(find).toThrow('unknown model "xyzzyxyzzy". Known: event-loop, prefork, pool.');
  expect(find).not.toThrow('did you mean');
});

test('the beginning of a name suggests the whole', () => {
  const find = () => findByName('model', [{ name: 'uwsgi-django' }, { name: 'go-net-http' }], 'go');
  expect(find).toThrow('unknown model "go"; did you mean go-net-http?');
});

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

test('a whole number at its limits is accepted', () => {
  expect(parseWholeNumber('--workers', '1', 1, 8)).toBe(1);
  expect(parseWholeNumber('--workers', '8', 1, 8)).toBe(8);
});

test.each(['0', '9', '1.5', '-1', 'many', ''])('"%s" is not a whole number from 1 to 8', (text) => {
  expect(() => parseWholeNumber('--workers', text, 1, 8)).toThrow(
    `--workers must be a whole number from 1 to 8, not "${text}".`,
  );
});

test('a percentage is a fraction', () => {
  expect(parseShare('--fail-on-regression', '5%')).toBe(0.05);
  expect(parseShare('--fail-on-regression', '2.5 %')).toBe(0.025);
});

test.each(['5', '0%', '100%', 'five', '-5%'])('"%s" is no percentage', (text) => {
  expect(() => parseShare('--fail-on-regression', text)).toThrow(`not "${text}"`);
});
