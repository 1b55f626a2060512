import { execFileSync } from 'node:child_process';
import {
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isStandardOutput, readText, writeAtomically } from './files.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is replaced as a whole and leaves no partial file behind', async () => {
  const path = at('deep', 'run.json');
  await writeAtomically(path, 'old');
  await writeAtomically(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(at('deep'))).toEqual(['run.json']);
});

test('a file written twice at once has either content, and leaves nothing behind', async () => {
  const texts = ['a', 'b'].map((letter) => letter.repeat(1_000_000));
  await Promise.all(texts.map((text) => writeAtomically(at('file'), text)));
  expect(texts).toContain(await readFile(at('file'), 'utf8'));
  expect(await readdir(folder)).toEqual(['file']);
});

test('a file that is not there is named', async () => {
  await expect(readText(at('absent.json'))).rejects.toThrow(
    /absent\.json cannot be read: no such file or folder\./,
  );
});

test('a file that cannot be written is named, with the reason, and leaves nothing behind', async () => {
  await expect(writeAtomically(folder, 'text')).rejects.toThrow(/cannot be written: /);
  await expect(writeAtomically(at('x', '..', '\0'), 'text')).rejects.toThrow('cannot be written');
  expect(await readdir(folder)).toEqual([]);
});

test('a FIFO is written to and stays a FIFO', async () => {
  execFileSync('mkfifo', [at('fifo')]);
  const received = readFile(at('fifo'), 'utf8');
  await writeAtomically(at('fifo'), 'text');
  expect(await received).toBe('text');
  expect((await lstat(at('fifo'))).isFIFO()).toBe(true);
  expect(await readdir(folder)).toEqual(['fifo']);
});

test('a link to a FIFO stays, and the FIFO is written to', async () => {
  execFileSync('mkfifo', [at('fifo')]);
  await symlink('fifo', at('link'));
  const received = readFile(at('fifo'), 'utf8');
  await writeAtomically(at('link'), 'text');
  expect(await received).toBe('text');
  expect(await readlink(at('link'))).toBe('fifo');
});

test('a device is written to and stays a device', async () => {
  // A private one, which discards what is written: the machine has no use for it.
  try {
    execFileSync('mknod', [at('device'), 'c', '1', '3'], { stdio: 'ignore' });
    await (await open(at('device'), 'w')).close();
  } catch {
    process.stderr.write('skipped: a device can be made and opened here only with more rights\n');
    return;
  }
  await writeAtomically(at('device'), 'text');
  expect((await lstat(at('device'))).isCharacterDevice()).toBe(true);
  expect(await readdir(folder)).toEqual(['device']);
});

test.each([
  ['to a file', 'old'],
  ['to nothing yet', null],
])('a link %s stays, and the file it points to is written as a whole', async (_, old) => {
  await mkdir(at('folder'));
  await symlink('folder', at('folder-link'));
  await symlink('../target/file', at('folder', 'link'));
  if (old !== null) {
    await mkdir(at('target'));
    await writeFile(at('target', 'file'), old);
  }
  await writeAtomically(at('folder-link', 'link'), 'new');
  expect(await readlink(at('folder', 'link'))).toBe('../target/file');
  expect(await readFile(at('target', 'file'), 'utf8')).toBe('new');
  expect(await readdir(at('target'))).toEqual(['file']);
});

test('links that lead in a circle are refused', async () => {
  await symlink('b', at('a'));
  await symlink('a', at('b'));
  await expect(writeAtomically(at('a'), 'text')).rejects.toThrow(
    'its symbolic links lead in a circle',
  );
});

test('a file that is open already, as /dev/fd/N, is written where it stands', async () => {
  await writeFile(at('file'), 'first ');
  const file = await open(at('file'), 'a');
  await symlink(`/dev/fd/${file.fd}`, at('link'));
  await writeAtomically(at('link'), 'second');
  await writeAtomically(`/proc/self/fd/${file.fd}`, ' third');
  await file.close();
  expect(await readFile(at('file'), 'utf8')).toBe('first second third');
});

test('standard output has several names', async () => {
  await symlink('/dev/stdout', at('link'));
  const names = ['-', '/dev/stdout', '/dev/fd/1', at('link'), '/dev/stderr', at('absent')];
  expect(await Promise.all(names.map(isStandardOutput))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a file where a folder is needed is left as it is', async () => {
  await writeFile(at('taken'), 'mine');
  await expect(writeAtomically(at('taken', 'x'), 'text')).rejects.toThrow(
    /taken\/x cannot be written: a file is in the way\.$/,
  );
  expect(await readFile(at('taken'), 'utf8')).toBe('mine');
});
