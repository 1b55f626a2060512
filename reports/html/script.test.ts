import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { pageScript } from './script.ts';

const folder = new URL('browser/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }));

test.each(sources)(
  '$name holds no constant or class, which would not reach the page',
  ({ source }) => {
    const declared = source.match(
      /^(export )?(default |async |abstract )*(const|let|var|class|enum)\b.*/gm,
    );
    expect(declared).toBeNull();
  },
);

test.each(sources)('$name imports no value from outside its folder', ({ source }) => {
  const imports = source.match(/^import .*? from '.*';$/gms) ?? [];
  expect(imports.filter((one) => !/^import type | from '\.\/[\w-]+\.ts';$/s.test(one))).toEqual([]);
});

test('every function of the folder is in the page’s script', () => {
  const script = pageScript();
  const functions = sources.flatMap(({ source }) =>
    [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name),
  );
  expect(functions.length).toBeGreaterThan(10);
  expect(functions.filter((name) => !script.includes(`function ${name}(`))).toEqual([]);
});
