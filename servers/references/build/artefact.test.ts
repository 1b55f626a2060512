import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Artefact, artefactDirectory, prepareArtefact, probeArtefact } from './artefact.ts';
import { PreparationError, runTool } from './tools.ts';

let folder: string;
let home: string;
let builds: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artefact-'));
  home = join(folder, 'home');
  process.env['CONCURRENCY_BENCH_HOME'] = home;
  builds = 0;
  await writeFile(join(folder, 'source.txt'), 'one');
});

afterEach(async () => {
  delete process.env['CONCURRENCY_BENCH_HOME'];
  await rm(folder, { recursive: true });
});

const silent = () => undefined;

const artefact = (changes: Partial<Artefact> = {}): Artefact => ({
  name: 'thing',
  sourceDirectory: folder,
  sources: /^source\.txt$/,
  checkTools: () => Promise.resolve(),
  async build(directory) {
    builds += 1;
    await writeFile(join(directory, 'version'), `build ${builds}`);
  },
  version: (directory) => readFile(join(directory, 'version'), 'utf8'),
  ...changes,
});

test('an artefact is built once', async () => {
  await prepareArtefact(artefact(), silent);
  await prepareArtefact(artefact(), silent);
  expect(await probeArtefact(artefact())).toEqual({ available: true, version: 'build 1' });
  expect(await readdir(home)).toHaveLength(1);
});

test('changed sources need another build', async () => {
  await prepareArtefact(artefact(), silent);
  await writeFile(join(folder, 'source.txt'), 'two');
  expect(await probeArtefact(artefact())).toEqual({
    available: false,
    reason: 'it is not built yet',
    advice: 'run: bench setup',
  });
  await prepareArtefact(artefact(), silent);
  expect(await probeArtefact(artefact())).toEqual({ available: true, version: 'build 2' });
});

test('a failed build leaves nothing behind', async () => {
  const failing = artefact({
    async build(directory) {
      await writeFile(join(directory, 'version'), 'half');
      throw new PreparationError('the disk is full', 'make room');
    },
  });
  await expect(prepareArtefact(failing, silent)).rejects.toThrow('the disk is full');
  expect(existsSync(artefactDirectory(failing))).toBe(false);
  expect(await readdir(home)).toEqual([]);
});

test('a build whose process was killed is removed by the next one, and one that runs is kept', async () => {
  const { pid: dead } = spawnSync('true');
  await mkdir(join(home, `.unfinished-thing-${dead}`), { recursive: true });
  await mkdir(join(home, `.unfinished-thing-${process.ppid}`));
  await prepareArtefact(artefact(), silent);
  const left = (await readdir(home)).filter((entry) => entry.startsWith('.unfinished'));
  expect(left).toEqual([`.unfinished-thing-${process.ppid}`]);
});

test('an artefact that no longer works is reported, and the next preparation builds it again', async () => {
  await prepareArtefact(artefact(), silent);
  await rm(join(artefactDirectory(artefact()), 'version'));
  expect(await probeArtefact(artefact())).toMatchObject({
    available: false,
    reason: 'it was built, but no longer works',
  });
  await prepareArtefact(artefact(), silent);
  expect(await probeArtefact(artefact())).toEqual({ available: true, version: 'build 2' });
});

test('an unwritable cache is reported with the variable to set', async () => {
  process.env['CONCURRENCY_BENCH_HOME'] = join(folder, 'source.txt', 'home');
  await expect(prepareArtefact(artefact(), silent)).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot make the folder .*: a file is in the way$/),
    advice: 'set CONCURRENCY_BENCH_HOME to a folder that can be written',
  });
});

test('missing sources are reported', async () => {
  const sourceless = artefact({ sourceDirectory: join(folder, 'nowhere') });
  expect(await probeArtefact(sourceless)).toEqual({
    available: false,
    reason: `its sources are missing (${sourceless.sourceDirectory})`,
    advice: 'reinstall bench',
  });
  await expect(prepareArtefact(sourceless, silent)).rejects.toThrow(PreparationError);
});

test('a missing tool is reported before anything is built', async () => {
  const toolless = artefact({
    checkTools: () => Promise.reject(new PreparationError('no hammer here', 'buy one')),
  });
  expect(await probeArtefact(toolless)).toEqual({
    available: false,
    reason: 'no hammer here',
    advice: 'buy one',
  });
  await expect(prepareArtefact(toolless, silent)).rejects.toThrow('no hammer here');
  expect(builds).toBe(0);
});

test('a failed build tool is quoted with its last output', async () => {
  const failing = runTool('sh', ['-c', 'echo no such header >&2; exit 3'], folder);
  await expect(failing).rejects.toThrow(/exited with status 3; its last output:\nno such header$/);
});
