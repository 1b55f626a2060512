import { expect, test } from '@jest/globals';
import {
  masked,
  maskedJson,
  readVariables,
  withValues,
  writtenCommand,
  writtenHeader,
} from './secrets.ts';

const environment = { TOKEN: 's3cret "x"', LONGER: 's3cret "x"/y', SHORT: '1', EMPTY: '' };

test('what is sent has the values of variables, and what is written their names', () => {
  expect(readVariables('Bearer ${TOKEN}, ${LONGER} ${SHORT} $5 ${}', environment)).toBeNull();
  expect(withValues('Bearer ${TOKEN}${OTHER}')).toBe('Bearer s3cret "x"${OTHER}');
  expect(masked('got s3cret "x"/y, s3cret%20%22x%22 and 1')).toBe('got ${LONGER}, ${TOKEN} and 1');
  expect(maskedJson({ a: ['s3cret "x"', 1] })).toEqual({ a: ['${TOKEN}', 1] });
});

test('a variable that is not set or empty is refused', () => {
  const absent = 'refers to the environment variable ABSENT, which is not set';
  expect(readVariables('a ${ABSENT}', environment)).toBe(absent);
  expect(readVariables('${EMPTY}', environment)).toMatch(/EMPTY, which is empty/);
});

test('a credential that was typed out is not written', () => {
  expect(writtenHeader('Authorization', 'Bearer abc')).toBe('***');
  expect(writtenHeader('x-api-key', '${TOKEN}')).toBe('${TOKEN}');
  expect(writtenHeader('Accept', 'text/html')).toBe('text/html');
  const words = ['run', '--header', 'Cookie: a=b', '--header=Token: c', '--header', 'A: b'];
  expect(writtenCommand(words).join(' ')).toBe(
    'run --header Cookie: *** --header=Token: *** --header A: b',
  );
});
