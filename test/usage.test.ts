import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { servers } from '../servers/index.ts';
import { packageRoot } from '../servers/package-root.ts';
import { workloads } from '../workloads/index.ts';
import { bench, newFolder, startBench } from './bench.ts';
import { golden } from './golden/documents.ts';

describe('bad usage', () => {
  test.each([
    [['run', '--model', 'prefrok'], 'unknown model "prefrok"; did you mean prefork?'],
    [['run', '--nonsense'], "unknown option '--nonsense'"],
    [['advise', '--model', 'pool,prefork'], 'bench advise is about one server'],
    [['advise', '--model', 'pool', '--blocks', '2'], '--blocks must be at least 3, not 2'],
    [['run', '--out', '/proc/results'], 'Results cannot be written to /proc/results'],
    [['serve', '--model', 'pool', '--host', '192.0.2.1'], 'cannot listen on 192.0.2.1'],
    [['run', '--server-address', '192.0.2.1'], 'cannot listen on 192.0.2.1: '],
    [['report', 'absent.json'], 'absent.json cannot be read: no such file'],
    [['run', '--like', 'absent.json'], 'absent.json cannot be read: no such file'],
  ])(
    '%j is refused in one clear sentence with exit status 2, and writes nothing',
    async (args, words) => {
      const folder = await newFolder();
      const { code, stderr } = await bench(args, folder);
      expect(stderr).toContain(words);
      expect(stderr).toMatch(/^bench: /);
      expect(stderr).not.toContain('    at ');
      expect(code).toBe(2);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('the lesson takes a seed, but no other servers or workloads', async () => {
    const seed = await bench(['lesson', '--seed', 'x']);
    expect(seed.stderr).toContain('--seed must be a whole number');
    expect(seed.code).toBe(2);
    const model = await bench(['lesson', '--model', 'pool']);
    expect(model.stderr).toContain("unknown option '--model'");
    expect(model.code).toBe(2);
  });

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
});

describe('bench list', () => {
  test('lists every server and workload within 80 columns', async () => {
    const { code, stdout } = await bench(['list']);
    expect(code).toBe(0);
    for (const { name } of [...servers, ...workloads]) expect(stdout).toContain(`\n  ${name} `);
    expect(stdout).toContain('1 process; ready (Node.js ');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('gives the same as JSON', async () => {
    const { stdout } = await bench(['list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      servers: servers.map(({ name, kind }) => ({ name, kind })),
      workloads: workloads.map(({ name }) => ({ name })),
    });
  });
});

test('bench setup goes on where tools are missing, says how to get them, and ends with status 1', async () => {
  const env = { PATH: '/nonexistent', CONCURRENCY_BENCH_HOME: await newFolder() };
  const { code, stdout, stderr } = await bench(['setup'], undefined, { env });
  expect(stdout).toMatch(/^express: ready, Express /m);
  expect(stdout).toMatch(/^go-net-http: not ready: Go is not installed\n {2}install Go /m);
  expect(stderr).toMatch(
    /^bench: not ready: uwsgi-flask, uwsgi-django, gunicorn-sync, gunicorn-gthread, go-net-http, load workers; /,
  );
  expect(code).toBe(1);
});

test('standard output that is closed early is no error', async () => {
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
  expect(hyphen).toMatch(/^\*\*.+\*\*\n\n\|/);
  expect([descriptor, link]).toEqual([hyphen, hyphen]);
  const page = await toStdout('compare', 'run.json', 'run.json', '--out', '-');
  expect(page).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  expect((await readdir(folder)).toSorted()).toEqual(['link', 'run.json']);
});

test('a comparison is appended to the summary of a GitHub step, and a summary that cannot be written is named', async () => {
  const folder = await newFolder();
  const summary = join(folder, 'summary.md');
  await writeFile(join(folder, 'run.json'), JSON.stringify(golden('single')));
  await writeFile(summary, 'before\n');
  const args = ['compare', 'run.json', 'run.json', '--format', 'markdown'];
  const { stdout, code } = await bench(args, folder, { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(stdout).toMatch(/^\*\*2 comparisons were not possible\.\*\*\n\n\| {2}\| change \|\n/);
  expect(await readFile(summary, 'utf8')).toBe(`before\n${stdout}\n`);
  expect(code).toBe(0);
  const lost = await bench(args, folder, { env: { GITHUB_STEP_SUMMARY: folder } });
  expect(lost.stderr).toContain('$GITHUB_STEP_SUMMARY cannot be written');
  expect(lost.code).toBe(0);
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

test('a link in the place of a report beside its run is replaced, and what it points to is kept', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'run.json'), JSON.stringify(golden('single')));
  await writeFile(join(folder, 'other'), 'precious');
  await symlink('other', join(folder, 'report.html'));
  expect((await bench(['report', 'run.json'], folder)).code).toBe(0);
  expect(await readFile(join(folder, 'other'), 'utf8')).toBe('precious');
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

test('the sample in the docs is what its run.json renders now: `npm run sample:render`', async () => {
  const [folder, sample] = [await newFolder(), join(packageRoot, 'docs/sample')];
  const run = join(sample, 'run.json');
  const page = join(folder, 'report.html');
  expect((await bench(['report', run, '--out', page])).code).toBe(0);
  expect((await bench(['report', run, '--format', 'svg', '--out', folder])).code).toBe(0);
  const names = (await readdir(folder)).toSorted();
  expect([...names, 'run.json'].toSorted()).toEqual((await readdir(sample)).toSorted());
  for (const name of names) {
    const [made, kept] = [await readFile(join(folder, name)), await readFile(join(sample, name))];
    expect([name, made.equals(kept)]).toEqual([name, true]);
  }
});
