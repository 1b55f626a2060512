import { appendFile, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { golden } from '../../test/golden/documents.ts';
import { readRunFile } from '../commands/saved-run.ts';
import { UsageError } from '../errors.ts';
import { claimRunFolder, StoredRun } from './store.ts';

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

describe('a stored run', () => {
  const { trials, ...finished } = golden('single');
  const document = (): RunDocument => ({
    ...finished,
    status: 'running',
    finishedAt: null,
    trials: [],
  });
  const path = () => join(folder, 'run.json');
  const storedTrials = async () => {
    const stored = await StoredRun.create(document(), path());
    for (const trial of trials) await stored.add({ trials: [trial] });
    return stored;
  };

  test('can be read at any time, with every trial added until then', async () => {
    const stored = await StoredRun.create(document(), path());
    expect((await readRunFile(path())).trials).toEqual([]);
    for (const [index, trial] of trials.entries()) {
      await stored.add({ trials: [trial] });
      expect((await readRunFile(path())).trials).toEqual(trials.slice(0, index + 1));
    }
    expect(await readRunFile(path())).toEqual(stored.document);
    await stored.end('complete');
  });

  test('is one file in the end', async () => {
    const ended = await (await storedTrials()).end('complete');
    expect(ended).toMatchObject({ status: 'complete', trials });
    expect(await readRunFile(path())).toEqual(ended);
    expect(await readdir(folder)).toEqual(['run.json']);
  });

  test('that was killed while it wrote a trial has all the trials before', async () => {
    await (await storedTrials()).end('complete');
    const text = JSON.stringify({ trials });
    await writeFile(path(), JSON.stringify(document()));
    await writeFile(join(folder, 'run.log.ndjson'), `${text}\n${text.slice(0, 100)}`);
    expect((await readRunFile(path())).trials).toEqual(trials);
  });

  test('that was killed between its document and the removal of its log has no trial twice', async () => {
    await (await storedTrials()).end('interrupted');
    await writeFile(join(folder, 'run.log.ndjson'), `${JSON.stringify({ trials })}\n`);
    expect((await readRunFile(path())).trials).toEqual(trials);
  });

  test('with a damaged log is refused', async () => {
    await writeFile(path(), JSON.stringify(document()));
    await appendFile(join(folder, 'run.log.ndjson'), '{}\n{"trials": "none"}\n');
    await expect(readRunFile(path())).rejects.toThrow('line 2 of its log is damaged');
  });

  test('refuses a trial that is not valid, and keeps it out of the document', async () => {
    const stored = await StoredRun.create(document(), path());
    const [trial] = trials;
    await expect(
      stored.add({ trials: trial ? [{ ...trial, wallSeconds: Number.NaN }] : [] }),
    ).rejects.toThrow('wallSeconds');
    expect(stored.document.trials).toEqual([]);
    expect((await stored.end('failed')).trials).toEqual([]);
  });

  test('starts without the log of an earlier run', async () => {
    await writeFile(join(folder, 'run.log.ndjson'), `${JSON.stringify({ trials })}\n`);
    const stored = await StoredRun.create(document(), path());
    expect((await readRunFile(path())).trials).toEqual([]);
    await stored.end('complete');
  });
});
