import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { groupIsAlive } from '../launch/process-group.ts';
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
  ['silent', 'throw new RangeError("");', /it throws RangeError \(.*silent\.mjs:1\)$/],
  ['exits', 'process.exit(3);', 'its process exited with status 3; a module must leave'],
  ['never', 'await new Promise(() => {});', 'an await at its top level never ends'],
  ['number', 'export const handler = 5;', /it must export a function named `handler`[^/]*$/],
])('a module that cannot be hosted (%s) gets a sentence', async (name, source, words) => {
  const path = join(folder, `${name}.mjs`);
  if (source !== null) await writeFile(path, source);
  await expect(inspectApp(path)).rejects.toThrow(words);
  await expect(inspectApp(path)).rejects.toThrow(`${path} cannot be loaded: `);
});

test('a folder is refused', async () => {
  await expect(inspectApp(folder)).rejects.toThrow('it is no file; give the path of a module');
});

test('what a module starts ends with its inspection, even in another session', async () => {
  const path = join(folder, 'starts.mjs');
  const pidFile = join(folder, 'pid');
  await writeFile(
    path,
    `import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const { pid } = spawn('sleep', ['600'], { stdio: ['ignore', 'ignore', 'inherit'], detached: process.platform === 'linux' });
    writeFileSync(${JSON.stringify(pidFile)}, String(pid));
    export const handler = () => {};`,
  );
  expect(await inspectApp(path)).toMatchObject({ kind: 'handler' });
  expect(groupIsAlive(Number(await readFile(pidFile, 'utf8')))).toBe(false);
});
