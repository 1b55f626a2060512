import { expect, test } from '@jest/globals';
import { withoutPassword } from './database.ts';

test.each([
  ['postgres://me:secret@host/db', 'postgres://me:***@host/db'],
  ['postgres://me:se:cr@et@host/db', 'postgres://me:***@host/db'],
  ['postgres://host/db?user=me&password=secret', 'postgres://host/db?user=me&password=***'],
  ['--database=postgres://:secret@host', '--database=postgres://:***@host'],
  ['postgres://me@host:5432/db', 'postgres://me@host:5432/db'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});
