import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bench, newFolder, removeFolders, startBench } from './bench.ts';
import { golden } from './golden/documents.ts';

afterAll(removeFolders);

describe('bad usage', () => {
  test.each([
    [['run', '--model', 'prefrok'], 'unknown model "prefrok"; did you mean prefork?'],
    [['run', '--workload', 'cpv'], 'unknown workload "cpv"; did you mean cpu?'],
    [['run', '--fairness', 'demnad'], 'unknown fairness mode "demnad"; did you mean demand?'],
    [['run', '--model', 'pool,pool'], '--model names "pool" more than once'],
    [['run', '--workload', 'io?ms=fast'], 'ms must be a whole number from 0 to 60000'],
    [['run', '--workload', 'io?sec=5'], 'unknown parameter'],
    [['run', '--workload', 'io?ms=1,io?ms=2'], '--workload names "io" more than once'],
    [['run', '--workload', 'io?ms=1?ms=2'], 'ms must be a whole number'],
    [['run', '--workload', ','], '--workload holds an empty name'],
    [['run', '--duration', ''], '--duration must be a time'],
    [['run', '--out', ''], '--out must name a folder'],
    [
      ['run', '--connections', '0'],
      '--connections must be a whole number from 1 to 65535; "0" is not',
    ],
    [['run', '--duration', 'abc'], '--duration must be a time above 0'],
    [['run', '--workers', '-3'], '--workers must be a whole number'],
    [['run', '--seed', 'x'], '--seed must be a whole number'],
    [['run', '--rate', '1000000', '--duration', '1h'], '--duration must be a time'],
    [['run', '--rate', '1000000', '--duration', '60m'], 'lower one of the two'],
    [['run', '--cpus', '3-1'], '--cpus must be a list of CPUs'],
    [['run', '--quick', '--rigorous'], 'exclude each other'],
    [['run', '--out', '/proc/results'], 'Results cannot be written to /proc/results'],
    [['run', '--nonsense'], "unknown option '--nonsense'"],
    [['rnu'], "unknown command 'rnu'"],
    [['serve', '--model', 'poool'], 'did you mean pool?'],
    [['serve', '--model', 'pool', '--port', '99999'], '--port must be a whole number'],
    [['serve', '--model', 'pool', '--host', '192.0.2.1'], 'cannot listen on 192.0.2.1'],
    [['serve', '--model', 'pool', '--host', 'nope.invalid'], 'cannot listen on nope.invalid'],
    [['serve', '--model', 'pool', '--netpollers', '0'], '--netpollers must be a whole number'],
    [['serve', '--model', 'event-loop', '--queue-limit', '9'], 'it is for pool'],
    [['run', '--model', 'event-loop,prefork', '--netpollers', '2'], 'it is for pool'],
    [['run', '--queue-limit', 'all'], '--queue-limit must be a whole number'],
    [['report', 'absent.json'], 'absent.json cannot be read: no such file'],
  ])(
    '%j is refused in one clear sentence with exit status 2, and writes nothing',
    async (args, words) => {
      const folder = await newFolder();
      const { code, stderr } = await bench(args, folder);
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('    at ');
      expect(code).toBe(2);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('a port that is taken is named', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, stderr } = await bench([
      'serve',
      '--model',
      'event-loop',
      '--port',
      String(port),
    ]);
    holder.close();
    expect(stderr).toContain(String(port));
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
  });

  test.each([
    [['run', '--out', 'taken'], 'Results cannot be written to taken: a file is in the way.'],
    [
      ['run', '--out', 'taken/a/b'],
      'Results cannot be written to taken/a/b: a file is in the way.',
    ],
    [['report', 'run.json', '--out', 'taken/x'], 'taken/x cannot be written: a file is in the way'],
  ])(
    '%j is refused where a file stands in the way, and leaves it as it is',
    async (args, words) => {
      const folder = await newFolder();
      await writeFile(join(folder, 'taken'), 'mine');
      await writeFile(join(folder, 'run.json'), JSON.stringify(golden('single')));
      const { code, stderr } = await bench(args, folder);
      expect(stderr).toContain(words);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
      expect((await readdir(folder)).toSorted()).toEqual(['run.json', 'taken']);
      expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('mine');
    },
  );

  test.each([
    ['not json', 'it is not JSON'],
    ['{"schema":"concurrency-bench/run","version":999}', 'newer concurrency-bench'],
    ['{"schema":"concurrency-bench/run","version":1}', 'damaged at status'],
  ])('a run document that reads %s is refused, and stays as it is', async (text, words) => {
    const folder = await newFolder();
    await writeFile(join(folder, 'run.json'), text);
    const { code, stderr } = await bench(['report', 'run.json'], folder);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
    expect(await readdir(folder)).toEqual(['run.json']);
  });

  test('a run document that contradicts itself is told in one sentence, to report and to compare', async () => {
    const folder = await newFolder();
    const document = golden('single');
    for (const trial of document.trials) trial.server = 'x';
    await writeFile(join(folder, 'run.json'), JSON.stringify(document));
    for (const args of [
      ['report', 'run.json'],
      ['compare', 'run.json', 'run.json'],
    ]) {
      const { code, stderr } = await bench(args, folder);
      expect(stderr).toBe(
        'bench: run.json cannot be used: it contradicts itself: trial 1 names the server "x", which the plan does not have.\n',
      );
      expect(code).toBe(2);
    }
  });
});

test('standard output that is closed early ends nothing and raises no complaint', async () => {
  const folder = await newFolder();
  const running = await startBench(['list'], folder, { closeStdout: true });
  const { code, stderr } = await running.outcome;
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('a report and a comparison go to standard output, and nothing else does', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'run.json'), JSON.stringify(golden('single')));
  await symlink('/dev/fd/1', join(folder, 'link'));
  const toStdout = async (...args: string[]) => (await bench(args, folder)).stdout;
  const [hyphen, descriptor, link] = await Promise.all(
    ['-', '/dev/fd/1', 'link'].map((out) =>
      toStdout('report', 'run.json', '--format', 'markdown', '--out', out),
    ),
  );
  expect(hyphen).toMatch(/^\*\*On this machine.*\n\n\|/);
  expect([descriptor, link]).toEqual([hyphen, hyphen]);
  const page = await toStdout('compare', 'run.json', 'run.json', '--out', '-');
  expect(page).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  expect((await readdir(folder)).toSorted()).toEqual(['link', 'run.json']);
});

test('what was read is not overwritten, by another name either', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'run.json'), JSON.stringify(golden('single')));
  await symlink('run.json', join(folder, 'link'));
  const args = ['report', 'run.json', '--format', 'json', '--out', 'link'];
  const { code, stderr } = await bench(args, folder);
  expect(stderr).toContain('link would overwrite its own input');
  expect(code).toBe(2);
});
