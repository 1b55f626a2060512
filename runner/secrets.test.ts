import { expect, test } from '@jest/globals';
import {
  bodyWithValues,
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

test('a value is found in JSON, in URLs and in forms, and a name is not', () => {
  expect(masked('{"key":"s3cret \\"x\\""}')).toBe('{"key":"${TOKEN}"}');
  expect(maskedJson([JSON.stringify({ key: 's3cret "x"' })])).toEqual(['{"key":"${TOKEN}"}']);
  expect(masked('/s3cret+%22x%22%2Fy /s3cret%20%22x%22%2fy')).toBe('/${LONGER} /${LONGER}');
  readVariables('${NAME_OF}', { NAME_OF: 'LONGER' });
  expect(masked('${LONGER} LONGER')).toBe('${LONGER} ${NAME_OF}');
});

test('only texts are masked: no keys, numbers, literals, times and histograms', () => {
  readVariables('${N} ${YES} ${SERVER} ${YEAR}', {
    N: '1000',
    YES: 'true',
    SERVER: 'server',
    YEAR: '2026',
  });
  const kept = {
    server: 41_000.25,
    ok: true,
    startedAt: '2026-01-01T00:00:00.000Z',
    histogram: 'HISTF1000true',
    status: 'server',
  };
  expect(maskedJson({ ...kept, reason: 'server 1000' })).toEqual({
    ...kept,
    reason: '${SERVER} ${N}',
  });
});

test('a value is text in a body that is JSON, and inserted as it is elsewhere', () => {
  expect(JSON.parse(bodyWithValues('{"a":"${TOKEN}"}'))).toEqual({ a: 's3cret "x"' });
  expect(bodyWithValues('{"a":${SHORT}}')).toBe('{"a":1}');
  expect(bodyWithValues('a=${TOKEN}')).toBe('a=s3cret "x"');
});

test('a reference with another $ before it is text', () => {
  expect(readVariables('$${ABSENT} ${TOKEN}', environment)).toBeNull();
  expect(withValues('$${ABSENT} ${TOKEN}')).toBe('${ABSENT} s3cret "x"');
  expect(writtenHeader('x-api-key', 'abc$${ABSENT}')).toBe('***');
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
    'run --header Cookie: *** --header=Token: *** --header A: ***',
  );
});
