import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { allGates, blameFor } from './gates.ts';

test('the table of the docs lists every warning of every gate', () => {
  const rows = allGates.map(
    ({ code, raisedWhen, severity, blame }) =>
      `| \`${code}\` | ${raisedWhen} | ${severity} | ${blame} |`,
  );
  const docs = readFileSync(new URL('../../docs/methodology.md', import.meta.url), 'utf8');
  const [, table] = docs.split(
    '| warning | raised when | severity | blames |\n|---|---|---|---|\n',
  );
  expect(table?.split('\n\n')[0]?.split('\n')).toEqual(rows);
});

test('a code that no gate knows blames no server', () => {
  expect(['wrong-bodies', 'noisy-host', 'moon-phase'].map((code) => blameFor({ code }))).toEqual([
    'server',
    'host',
    'instrument',
  ]);
});
