import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { pageScript } from './script.ts';

const here = new URL('.', import.meta.url);
const script = readFileSync(new URL('script.ts', here), 'utf8');
/** What the page's script is made of: all files of the folder, and pure ones that other folders share with it. */
const shipped = [...script.matchAll(/^import \* as \w+ from '(.*)';$/gm)].map(
  ([, path = '']) => new URL(path, here),
);
const sources = shipped.map((url) => ({
  name: url.pathname.split('/').slice(-2).join('/'),
  url,
  source: readFileSync(url, 'utf8'),
}));

test('every file of the folder is shipped', () => {
  const files = readdirSync(new URL('browser/', here)).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((name) => !sources.some((one) => one.name === `browser/${name}`))).toEqual(
    [],
  );
});

test.each(sources)(
  '$name holds no class and nothing that is not exported, which would not reach the page',
  ({ source }) => {
    const declared = source.match(
      /^((export )?(default |async |abstract )*(let|var|class|enum)|const|function|async)\b.*/gm,
    );
    expect(declared).toBeNull();
  },
);

test.each(sources)(
  '$name imports no value but from a file that is shipped too',
  ({ url, source }) => {
    const imports = [...source.matchAll(/^import (.*?) from '(.*?)';$/gms)];
    const missing = imports.filter(
      ([, what = '', path = '']) =>
        !what.startsWith('type ') && !shipped.some(({ href }) => href === new URL(path, url).href),
    );
    expect(missing.map(([text]) => text)).toEqual([]);
  },
);

test('every function of the folder is in the page’s script', () => {
  const script = pageScript();
  const functions = sources.flatMap(({ source }) =>
    [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name),
  );
  expect(functions.length).toBeGreaterThan(10);
  expect(functions.filter((name) => !script.includes(`function ${name}(`))).toEqual([]);
});
