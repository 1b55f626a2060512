import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inspectApp } from './inspect-app.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-app-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a module in TypeScript that prints and starts a timer is inspected', async () => {
  const path = join(folder, 'app.ts');
  await writeFile(
    path,
    `console.log('loaded');
    setInterval(() => {}, 1_000);
    export const handler = async (request: { target: string }) => ({ status: 200, body: '' });`,
  );
  const moduleUrl = pathToFileURL(path).href;
  expect(await inspectApp(path)).toEqual({ path, moduleUrl, kind: 'handler' });
});

test.each([
  ['absent', null, 'no such file'],
  ['syntax', 'export const handler = async ( => 1;', /Unexpected token '=>' \(.*syntax\.mjs:1\)$/],
  ['throws', 'throw new Error("no settings");', /no settings \(.*throws\.mjs:1\)$/],
  ['exits', 'process.exit(3);', 'its process exited with status 3'],
  ['never', 'await new Promise(() => {});', 'its process exited with status 13'],
  ['other', 'export const other = 1;', 'it must export a function named `handler`'],
])('a module that cannot be hosted (%s) gets a sentence', async (name, source, words) => {
  const path = join(folder, `${name}.mjs`);
  if (source !== null) await writeFile(path, source);
  await expect(inspectApp(path)).rejects.toThrow(words);
  await expect(inspectApp(path)).rejects.toThrow(`${path} cannot be loaded: `);
});
