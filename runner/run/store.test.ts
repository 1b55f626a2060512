import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { claimRunFolder } from './store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

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

test('of two runs that want the same folder, one gets it', async () => {
  const claims = await Promise.allSettled([claimRunFolder(folder), claimRunFolder(folder)]);
  expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a folder that a dangling link points to is made, and the link stays', async () => {
  await symlink('deep/runs', join(folder, 'link'));
  expect((await claimRunFolder(join(folder, 'link'))).run).toBe(join(folder, 'link', 'run.json'));
  expect(await readdir(join(folder, 'deep', 'runs'))).toEqual(['run.json']);
});

test('a hyphen is no folder', async () => {
  await expect(claimRunFolder('-')).rejects.toThrow('for results on standard output use --json');
});
