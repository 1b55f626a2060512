import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { runDocumentJsonSchema } from './json-schema.ts';

test('the published schema is what `bench schema > docs/run-document.schema.json` makes', () => {
  const published = readFileSync('docs/run-document.schema.json', 'utf8');
  expect(JSON.parse(published)).toEqual(runDocumentJsonSchema());
});
