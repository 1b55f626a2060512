import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { sumOf } from '../results/statistics/summary.ts';
import { packageRoot } from '../servers/package-root.ts';
import { bench, newFolder } from './bench.ts';

const example = join(packageRoot, 'docs/examples/shop');
const env = { SHOP_TOKEN: 'token-of-the-shop', BENCH_BLOCKS: '1' };
const isInstalled = existsSync(join(example, '.venv/bin/uvicorn'));
const required = process.env['REQUIRE_REFERENCES'] === '1';
const reason = isInstalled ? '' : ' (skipped: FastAPI is not installed, see docs/your-own.md)';
const describeHere = isInstalled || required ? describe : describe.skip;

const run = (out: string, ...flags: string[]) =>
  bench(['run', '--duration', '300ms', '--connections', '8', '--out', out, ...flags], example, {
    env,
  });

describeHere(`the shop of docs/examples${reason}`, () => {
  test('Express, Fastify and FastAPI get the requests of one file', async () => {
    const out = await newFolder();
    const { code, stdout, stderr } = await run(out);
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    const saved = await readFile(join(out, 'run.json'), 'utf8');
    expect(stdout + stderr + saved).not.toContain('token-of');
    const { plan, trials } = readRunDocument(saved);
    const classes = plan.workloads[0]?.classes ?? [];
    expect(classes.map(({ name, weight }) => [name, weight])).toEqual([
      ['GET /products/7', 6],
      ['GET /products', 2],
      ['GET /orders/latest', 1],
      ['POST /orders', 1],
      ['POST /search', 1],
    ]);
    const allWeights = sumOf(classes.map(({ weight }) => weight));
    for (const server of ['express', 'fastify', 'fastapi']) {
      const measurements = trials.flatMap((one) => (one.server === server ? one.measurements : []));
      // Good answers only: the right status, and the text of `contains`.
      for (const { requests } of measurements) {
        expect(requests).toMatchObject({ ok: requests.sent, mismatched: 0 });
      }
      const mixed = measurements.filter(({ rate }) => rate !== 'alone');
      const sent = sumOf(mixed.map(({ requests }) => requests.sent));
      for (const { name, weight } of classes) {
        const ofClass = mixed.flatMap((one) => one.classes.filter((found) => found.name === name));
        const share = sumOf(ofClass.map(({ requests }) => requests.sent)) / sent;
        const wanted = weight / allWeights;
        const deviation = Math.sqrt((wanted * (1 - wanted)) / sent);
        expect(Math.abs(share - wanted)).toBeLessThan(5 * deviation);
        expect(ofClass.some(({ serviceTime }) => (serviceTime.p50Ms ?? 0) > 0)).toBe(true);
      }
    }
  });

  test('without the header, each of the three answers 401', async () => {
    const { code, stderr } = await run(await newFolder(), '--header', 'Accept: application/json');
    expect(stderr).toContain('express, fastify: GET /products/7 got status 401');
    expect(stderr).toContain('fastapi: GET /products/7 got status 401');
    expect(code).toBe(1);
  });
});
