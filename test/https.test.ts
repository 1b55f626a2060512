import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { bench, newFolder } from './bench.ts';

const pem = join(import.meta.dirname, 'fixtures', 'localhost.pem');
const short = 'run --quick --duration 200ms --blocks 1 --connections 2 --rate 100 --out .'.split(
  ' ',
);
const exec = ['--exec', `${process.execPath} server.cjs`, '--name', 'mine'];
const requests = ['--request', '/', '--request', 'POST /orders', '--body', 'x', '--contains', 'x'];
const source = `const pem = require('node:fs').readFileSync('${pem}');
require('node:https').createServer({ key: pem, cert: pem }, (request, response) => {
  if (!request.headers.host.startsWith('localhost:')) response.statusCode = 421;
  request.pipe(response);
}).listen(process.env.PORT, '127.0.0.1');`;

async function folderWithServer(): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, 'server.cjs'), source);
  return folder;
}

test.each([
  ['whose CA is trusted', [], { NODE_EXTRA_CA_CERTS: pem }],
  ['with any certificate, if that is wanted', ['--insecure'], {}],
])('an HTTPS server %s is measured in both loops', async (_, flags, env) => {
  const folder = await folderWithServer();
  const args = [...short, ...exec, ...requests, ...flags];
  const { code, stderr } = await bench(args, folder, { env });
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  const { trials } = readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));
  expect(trials.map(({ status }) => status)).toEqual(['ok']);
  const measurements = trials.flatMap((trial) => trial.measurements);
  expect(new Set(measurements.map(({ loop }) => loop))).toEqual(new Set(['closed', 'open']));
  for (const { requests: counts, failures } of measurements) {
    expect(counts.ok).toBeGreaterThan(0);
    expect(failures).toEqual({});
  }
});

test('a certificate that cannot be verified is reported with what to do', async () => {
  const folder = await folderWithServer();
  const { code, stderr } = await bench([...short, ...exec, '--path', '/'], folder);
  expect(code).toBe(1);
  expect(stderr.replace(/:\d+/, ':PORT')).toBe(
    'bench: nothing to measure. mine: mine answers by HTTPS at https://localhost:PORT/, but its certificate cannot be verified (self-signed certificate): set NODE_EXTRA_CA_CERTS to the file of its CA certificate, or add --insecure\n',
  );
});

test.each([
  ['https://localhost', /its certificate cannot be verified \(self-signed certificate\)/],
  ['https://127.0.0.1', /its certificate cannot be verified \(Hostname\/IP does not match/],
  ['http://localhost', /the connection was closed before an answer/],
])('%s of an HTTPS server is refused where it cannot be right', async (origin, expected) => {
  const { createServer } = await import('node:https');
  const key = await readFile(pem);
  const server = createServer({ key, cert: key }, (_, response) => response.end());
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const env = origin.endsWith('1') ? { NODE_EXTRA_CA_CERTS: pem } : {};
  const { code, stderr } = await bench([...short, '--url', `${origin}:${port}/`], undefined, {
    env,
  });
  server.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
});
