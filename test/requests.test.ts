import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { bench, newFolder } from './bench.ts';

const secret = 's3cret-of-the-test/+"x"';
const env = { API_TOKEN: secret };
const short =
  'run --quick --duration 200ms --blocks 1 --connections 2 --out . --name mine --exec'.split(' ');
const header = ['--header', 'Authorization: Bearer ${API_TOKEN}'];
/** Gives away what it gets, wherever a server can, and wants the token. */
const source = `require('node:http').createServer((request, response) => {
  const { authorization } = request.headers;
  console.error('got', authorization, request.url);
  let body = '';
  request.on('data', (piece) => (body += piece)).on('end', () => {
    response.setHeader('X-Worker', authorization ?? 'none');
    response.setHeader('X-In-Flight', '1');
    response.setHeader('Server-Timing', 'queue;dur=0, wait;dur=0, compute;dur=0');
    response.statusCode = authorization === 'Bearer ' + process.env.API_TOKEN ? 201 : 401;
    response.end(JSON.stringify({ authorization, method: request.method, body }));
  });
}).listen(process.env.PORT, '127.0.0.1');`;

async function folderWithServer(): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, 'server.cjs'), source);
  await writeFile(join(folder, 'order.json'), '{"key":"${API_TOKEN}"}');
  return folder;
}

const run = (folder: string, ...requests: string[]) =>
  bench([...short, `${process.execPath} server.cjs`, ...header, ...requests], folder, { env });

/** Every byte that a run has written. */
async function written(folder: string, stdout: string, stderr: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => !/^(?:server|order)/.test(name));
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return [stdout, stderr, ...files].join('\n');
}

test('requests with secrets are measured by weight, and no secret is written', async () => {
  const folder = await folderWithServer();
  const get = ['--request', '3 GET /users', '--status', '201', '--contains', '"method":"GET"'];
  const post = ['--request', 'POST /orders', '--body', '@order.json', '--status', '201'];
  const { code, stdout, stderr } = await run(folder, ...get, ...post);
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  const { plan, traces, trials } = readRunDocument(
    await readFile(join(folder, 'run.json'), 'utf8'),
  );
  expect(plan.workloads).toMatchObject([
    {
      name: 'requests',
      classes: [
        { name: 'GET /users', weight: 3, headers: { Authorization: 'Bearer ${API_TOKEN}' } },
        { name: 'POST /orders', expectedStatus: 201 },
      ],
    },
  ]);
  expect(traces).toEqual([]); // more orders would be written for traces
  for (const { requests, classes } of trials.flatMap(({ measurements }) => measurements)) {
    expect(requests).toMatchObject({ ok: requests.sent, mismatched: 0 });
    expect(classes.length).toBeGreaterThan(0);
  }
  expect(await written(folder, stdout, stderr)).not.toContain('s3cret');
});

test('a server that gives a secret away in a failure does not get it into the run', async () => {
  const folder = await folderWithServer();
  const post = ['--request', 'POST /x', '--body', '${API_TOKEN}', '--status', '200'];
  const { code, stdout, stderr } = await run(folder, ...post);
  expect(stderr).toContain('POST /x got status 201 and');
  expect(stderr).toContain('Bearer ${API_TOKEN}');
  expect(code).toBe(1);
  expect(await written(folder, stdout, stderr)).not.toContain('s3cret');
});

test('a variable that is not set is an error of usage, and nothing is written', async () => {
  const folder = await newFolder();
  const args = ['--header', 'X-Key: ${ABSENT_VARIABLE}', '--request', '/'];
  const { code, stderr } = await bench(['run', '--exec', 'node x', ...args], folder);
  expect(stderr).toBe(
    'bench: --header X-Key refers to the environment variable ABSENT_VARIABLE, which is not set.\n',
  );
  expect(code).toBe(2);
  expect(await readdir(folder)).toEqual([]);
});

test('bench advise plans the requests that it is given', async () => {
  const server = ['--exec', 'PROCESSES={workers} ./mine', '--workers', '1,2'];
  const requests = ['--request', '3 GET /users', '--request', 'POST /orders', '--body', '{}'];
  const { code, stdout } = await bench(['advise', ...server, ...requests, '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'workload requests on mine-1, mine-2: 3 × GET /users, 1 × POST /orders\n',
  );
});

test('a secret in the name of a model is an error of usage: a report could not hide it', async () => {
  const folder = await newFolder();
  const args = ['--model', 'event-loop', '--exec', 'node x', '--path', '/?key=${API_TOKEN}'];
  const { code, stderr } = await bench(['run', ...args], folder, { env: { API_TOKEN: 'event' } });
  expect(stderr).toBe(
    'bench: the value of ${API_TOKEN} is in the name of a server or a workload, so that no report could hide it: use another value.\n',
  );
  expect(code).toBe(2);
  expect(await readdir(folder)).toEqual([]);
});
