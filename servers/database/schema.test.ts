import { expect, test } from '@jest/globals';
import { withSearchPath } from './schema.ts';

test('a schema is added to the options that a connection string has, and other parameters are kept', () => {
  expect(withSearchPath('postgres://me:a%20b@host:1/db', 's')).toBe(
    'postgres://me:a%20b@host:1/db?options=-csearch_path%3Ds',
  );
  expect(withSearchPath('postgres://host/db?sslmode=require&options=-c%20jit%3Doff', 's')).toBe(
    'postgres://host/db?sslmode=require&options=-c%20jit%3Doff%20-csearch_path%3Ds',
  );
});
