import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { claimRunFolder, readText, writeAtomically } from './store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is replaced as a whole and leaves no partial file behind', async () => {
  const path = join(folder, 'deep', 'run.json');
  await writeAtomically(path, 'old');
  await writeAtomically(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(join(folder, 'deep'))).toEqual(['run.json']);
});

test('a folder that already holds a run is refused, so that the run is not lost', async () => {
  await writeFile(join(folder, 'run.json'), '{}');
  await expect(claimRunFolder(folder)).rejects.toThrow(UsageError);
  await expect(claimRunFolder(folder)).rejects.toThrow('already holds a run');
});

test('a folder that cannot be made is refused in words', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(claimRunFolder(join(folder, 'file', 'runs'))).rejects.toThrow(
    /cannot be written to .*: a file is in the way\. Name another folder with --out\./,
  );
});

test('a file that is not there is named', async () => {
  await expect(readText(join(folder, 'absent.json'))).rejects.toThrow(
    /absent\.json cannot be read: there is no such file or folder\./,
  );
});

test('of two runs that want the same folder, one gets it', async () => {
  const claims = await Promise.allSettled([claimRunFolder(folder), claimRunFolder(folder)]);
  expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a file that cannot be written is named, with the reason, and leaves nothing behind', async () => {
  await expect(writeAtomically(folder, 'text')).rejects.toThrow(/cannot be written: /);
  await expect(writeAtomically(join(folder, 'x', '..', '\0'), 'text')).rejects.toThrow(
    'cannot be written',
  );
  expect(await readdir(folder)).toEqual([]);
});
