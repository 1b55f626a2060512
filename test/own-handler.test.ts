import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { packageRoot } from '../servers/package-root.ts';
import { bench, leftovers, newFolder, nextProcess, startBench } from './bench.ts';

const short = '--quick --blocks 1 --duration 200ms --connections 4 --out .'.split(' ');

async function documentIn(folder: string) {
  return readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));
}

/** The files of the example in docs/your-handler.md, in a folder where this package and Express are installed. */
async function exampleFolder(): Promise<string> {
  const page = await readFile(join(packageRoot, 'docs/your-handler.md'), 'utf8');
  const [report = '', server = '', app = ''] = [...page.matchAll(/```js\n(.*?)```/gs)].map(
    ([, source = '']) => source,
  );
  const folder = await newFolder();
  const files = { 'report.js': report, 'server.js': server, 'app.js': app };
  await mkdir(join(folder, 'node_modules'));
  await symlink(packageRoot, join(folder, 'node_modules/concurrency-bench'));
  await symlink(join(packageRoot, 'node_modules/express'), join(folder, 'node_modules/express'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source);
  return folder;
}

test('the Express route of the docs and its handler in the pool are measured in one run', async () => {
  const folder = await exampleFolder();
  const { code, stderr } = await bench(
    ['run', '--exec', `${process.execPath} server.js`, '--name', 'express']
      .concat('--app', './app.js', '--model', 'pool', '--path', '/report?orders=1000')
      .concat(short),
    folder,
  );
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  const { plan, trials, traces } = await documentIn(folder);
  expect(plan.workloads).toMatchObject([{ name: '/report?orders=1000', isUnknown: true }]);
  expect(new Map(trials.map(({ server, status }) => [server, status]))).toEqual(
    new Map([
      ['pool', 'ok'],
      ['express', 'ok'],
    ]),
  );
  const [traced] = traces;
  expect(traced?.requests.some(({ worker }) => worker.startsWith('thread-'))).toBe(true);
});

test('a Fetch handler is measured where it can be hosted, with a sentence where it cannot', async () => {
  const folder = await newFolder();
  const source = 'export default { fetch: (request: Request) => Response.json(request.url) };';
  await writeFile(join(folder, 'app.ts'), source);
  const { code, stdout } = await bench(
    ['run', '--app', 'app.ts', '--model', 'threads,pool', '--path', '/a', '--path', '/b', ...short],
    folder,
  );
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'a Fetch handler cannot move to another thread to compute',
  );
  const { trials } = await documentIn(folder);
  expect(trials.map(({ server, workload, status }) => `${server} ${workload} ${status}`)).toEqual(
    expect.arrayContaining([
      'threads /a ok',
      'threads /b ok',
      'pool /a skipped',
      'pool /b skipped',
    ]),
  );
});

test('a handler that fails is reported before anything is measured', async () => {
  const folder = await newFolder();
  await writeFile(
    join(folder, 'app.mjs'),
    'export const handler = async () => { throw new Error("no stock"); };',
  );
  const { code, stderr } = await bench(
    ['run', '--app', 'app.mjs', '--model', 'event-loop,pool', ...short],
    folder,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^bench: nothing to measure\. event-loop, pool: GET \/ got status 500 .*no stock/,
  );
});

test('a module that cannot be loaded gets one sentence', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'app.mjs'), 'export const handler = async ( => 1;');
  const { code, stderr } = await bench(['run', '--app', './app.mjs'], folder);
  expect(stderr).toMatch(/^bench: \.\/app\.mjs cannot be loaded: Unexpected token .*\n$/);
  expect(code).toBe(2);
});

test('a module that computes for ever while it is loaded does not outlive bench', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'app.mjs'), 'for (;;);');
  const running = await startBench(['run', '--app', './app.mjs'], folder);
  await nextProcess(running, 'app.mjs');
  running.kill('SIGKILL');
  expect(await leftovers(running)).toEqual([]);
});
