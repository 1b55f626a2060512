import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { packageRoot } from '../servers/package-root.ts';
import { bench, newFolder } from './bench.ts';

const example = join(packageRoot, 'docs/examples/shop');
const onlyExpress = ['--exec', 'node express.js', '--name', 'shop'];
const env = { SHOP_TOKEN: 'token-of-the-shop', BENCH_BLOCKS: '1' };

test('the Express app of the example gets what its configuration says, and its token is not written', async () => {
  const out = await newFolder();
  const flags = ['--duration', '200ms', '--connections', '4', '--out', out];
  const { code, stdout, stderr } = await bench(['run', ...onlyExpress, ...flags], example, { env });
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  const files = await Promise.all(
    (await readdir(out)).map((name) => readFile(join(out, name), 'utf8')),
  );
  expect([stdout, stderr, ...files].join('\n')).not.toContain('token-of');
  const { plan, trials } = readRunDocument(await readFile(join(out, 'run.json'), 'utf8'));
  expect(plan.workloads[0]?.classes.map(({ name, weight }) => [name, weight])).toEqual([
    ['GET /products/7', 6],
    ['GET /products', 2],
    ['GET /orders/latest', 1],
    ['POST /orders', 1],
    ['POST /search', 1],
  ]);
  expect(plan.workloads[0]?.objectives.map((one) => one.class)).toEqual([null, 'POST /orders']);
  const counts = trials.flatMap(({ measurements }) => measurements.map((one) => one.requests));
  expect(counts.length).toBeGreaterThan(1);
  for (const { sent, ok, mismatched } of counts) expect([ok, mismatched]).toEqual([sent, 0]);
});

test('a dry run prints the plan and does nothing', async () => {
  const before = await readdir(example);
  const { code, stdout } = await bench(['run', '--dry-run', ...onlyExpress], example, { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^shop × requests: 64 connections, seed \d+\n1 block, about \d+ s; windows/,
  );
  expect(stdout).toContain('workload requests on shop: 6 × GET /products/7, 2 × GET /products,');
  expect(stdout).toMatch(/closed loop [\d.]+ s, open loop at the shared rate [\d.]+ s/);
  expect(stdout).toContain('server shop: node express.js');
  expect(await readdir(example)).toEqual(before);
});

test('bench init writes a configuration once', async () => {
  const folder = await newFolder();
  const { code, stdout } = await bench(['init'], folder);
  expect([code, await readdir(folder)]).toEqual([0, ['bench.config.yaml']]);
  expect(stdout).toContain('bench run --dry-run');
  const again = await bench(['init'], folder);
  expect([again.code, again.stderr]).toEqual([
    2,
    'bench: bench.config.yaml is here already: change it, or remove it first.\n',
  ]);
});

test('a mistake in the configuration is one sentence with its place', async () => {
  const { code, stderr } = await bench(['run', '--dry-run'], example, {
    env: { ...env, SHOP_TOKEN: '' },
  });
  expect(stderr).toBe(
    'bench: bench.config.yaml: headers.Authorization refers to the environment variable SHOP_TOKEN, which is empty.\n',
  );
  expect(code).toBe(2);
});

test('a configuration that ends the program is reported', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'bench.config.mjs'), 'process.exit(0);');
  const { code, stderr } = await bench(['run', '--config', 'bench.config.mjs'], folder);
  expect(stderr).toBe('bench: bench.config.mjs must not end the program, as process.exit does.\n');
  expect(code).toBe(2);
});
