import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fileIn } from './commands/output.ts';
import { readRunFile } from './commands/saved-run.ts';
import { replaceFile } from './replace-file.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file that is replaced keeps its mode', async () => {
  await writeFile(at('file'), 'old');
  await chmod(at('file'), 0o604);
  await replaceFile(at('file'), 'new');
  expect((await stat(at('file'))).mode & 0o7777).toBe(0o604);
  expect(await readFile(at('file'), 'utf8')).toBe('new');
});

const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;
describeAsRoot('as root (skipped for other users: they may not change an owner)', () => {
  test('a file that is replaced keeps its owner', async () => {
    await writeFile(at('file'), 'old');
    await chown(at('file'), 1234, 4321);
    await replaceFile(at('file'), 'new');
    const { uid, gid } = await stat(at('file'));
    expect([uid, gid]).toEqual([1234, 4321]);
  });
});

test('a link is replaced, and the file it points to stays', async () => {
  await writeFile(at('target'), 'old');
  await symlink(at('target'), at('link'));
  await replaceFile(at('link'), 'new');
  expect((await lstat(at('link'))).isFile()).toBe(true);
  expect(await readFile(at('target'), 'utf8')).toBe('old');
});

test('partial files of processes that were killed are removed, others stay', async () => {
  const { pid: dead } = spawnSync('true');
  const ofDead = `run.json.${dead}-${randomUUID()}.partial`;
  const ofLiving = `run.json.${process.ppid}-${randomUUID()}.partial`;
  const ofUser = `notes.${dead}.partial`;
  for (const name of [ofDead, ofLiving, ofUser]) await writeFile(at(name), '');
  await replaceFile(at('report.html'), '');
  expect(await readdir(folder)).toEqual(['report.html', ofLiving, ofUser].toSorted());
});

test('an output that is a folder, or ends with /, gets the file in it', async () => {
  expect(await fileIn(folder, 'report.html')).toBe(at('report.html'));
  expect(await fileIn(`${at('new')}/`, 'report.html')).toBe(at('new/report.html'));
  expect(await fileIn(at('new'), 'report.html')).toBe(at('new'));
});

test('a run that was killed before its first write is named as such', async () => {
  await writeFile(at('run.json'), '');
  await expect(readRunFile(at('run.json'))).rejects.toThrow(
    'run.json is empty: its run ended before it had begun to measure. Run it again.',
  );
});
