import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { newFolder } from '../../test/bench.ts';
import { UsageError } from '../errors.ts';
import { planRun } from '../plan/run-options.ts';
import { configurationJsonSchema, configurationSchema } from './configuration.ts';
import { readRunFlags } from './read-run-flags.ts';
import { template } from './template.ts';

async function fileWith(text: string, ending = 'yaml'): Promise<string> {
  const path = join(await newFolder(), `bench.config.${ending}`);
  await writeFile(path, text);
  return path;
}

async function planOf(text: string, ending = 'yaml', typed = {}, environment = {}) {
  const config = await fileWith(text, ending);
  const { flags, withPlaces } = await readRunFlags({ config, ...typed }, environment);
  return withPlaces(() => planRun(flags));
}

describe('a configuration', () => {
  test('is replaced by variables, and these by flags, key by key', async () => {
    const text = 'models: [pool, prefork]\nworkloads: [io]\nconnections: 5\nrate: 50\nseed: 1';
    const variables = { BENCH_WORKLOADS: 'cpu,hello', BENCH_RATE: '70', BENCH_SEED: '2' };
    const plan = await planOf(text, 'yaml', { seed: '3' }, variables);
    expect(plan.servers.map(({ name }) => name)).toEqual(['pool', 'prefork']);
    expect(plan.workloads.map(({ name }) => name)).toEqual(['cpu', 'hello']);
    expect(plan).toMatchObject({ connections: 5, seed: 3 });
    expect(plan.ratesPerSecond.get('cpu')).toBe(70);
  });

  test('loses what flags say in another form', async () => {
    const text =
      'servers: [{ exec: a }]\nrequests: [{ path: /a }, { path: /b }]\nprofile: rigorous';
    const plan = await planOf(text, 'yaml', { url: ['http://[::1]/'], path: ['/x'], quick: true });
    expect(plan.servers.map(({ name }) => name)).toEqual(['http://[::1]/']);
    expect(plan.workloads.map(({ name }) => name)).toEqual(['/x']);
    expect(plan.budgetSeconds).toBeLessThan(60);
  });

  test('loses its requests to --path, which a typed --request excludes', async () => {
    const typed = {
      exec: ['a'],
      path: ['/x'],
      requestOptions: [{ flag: '--request', value: '/y' }],
    };
    await expect(planOf('requests: [{ path: /a }]', 'yaml', typed)).rejects.toThrow(
      /^--path and --request exclude each other/,
    );
  });

  test('is not blamed for a mistake in a flag, and its texts keep what looks like one', async () => {
    const text = 'connections: 5\nmodels: [pool]\nobjectives: ["--models p95"]';
    await expect(planOf(text, 'yaml', { model: 'poool' })).rejects.toThrow(
      /^--model: unknown model/,
    );
    await expect(planOf(text, 'yaml', { exec: ['a', 'a'] })).rejects.toThrow(/^Two servers/);
    await expect(planOf(text)).rejects.toThrow('not "--models p95"');
  });

  test('has objectives in a text, between semicolons: a path may have a comma', async () => {
    const text = 'servers: [{ exec: a }]\nrequests: [{ path: "/a,b" }]';
    const variables = { BENCH_OBJECTIVES: 'GET /a,b p95<50ms; p99<1s' };
    const { workloads } = await planOf(text, 'yaml', {}, variables);
    expect(workloads[0]?.objectives).toMatchObject([{ belowMs: 50 }, { belowMs: 1000 }]);
  });

  test('may have lists as text and numbers as headers by its schema, too', () => {
    expect(configurationJsonSchema()).toMatchObject({
      properties: {
        models: { type: ['array', 'string'] },
        headers: { additionalProperties: { type: ['string', 'number'] } },
      },
    });
  });

  test.each([
    ['ts', 'const rate: number = 70;\nexport default { rate };'],
    ['js', 'export default { rate: 70 };'],
    ['json', '{ "$schema": "x", "rate": 70 }'],
    ['yml', 'rate: 70'],
    ['mts', 'export default { rate: 70 };'],
  ])('may be a file that ends with .%s', async (ending, text) => {
    expect((await planOf(text, ending)).ratesPerSecond.get('io')).toBe(70);
  });

  test('names each server, in whatever order, and has bodies beside itself', async () => {
    const plan = await planOf(
      `servers: [{ url: 'http://localhost:1', name: a }, { exec: b }]
requests: [{ method: POST, path: /, bodyFile: bench.config.yaml }, { path: /x, body: [1], method: PUT }]`,
    );
    expect(plan.servers.map(({ name, url }) => [name, url])).toEqual([
      ['b', undefined],
      ['a', 'http://localhost:1'],
    ]);
    const bodies = plan.workloads[0]?.classes.map(({ body }) => body);
    expect(bodies).toEqual([expect.stringContaining('servers:'), '[1]']);
  });

  test('that bench init writes can be planned', async () => {
    expect((await planOf(template)).workloads[0]?.name).toBe('GET /');
    process.env['API_TOKEN'] = 'token-of-the-test';
    const whole = template.replaceAll(/^#(?! \S)/gm, ''); // prose has one space
    const { workloads } = await planOf(whole);
    expect(workloads.length).toBeGreaterThan(1);
  });

  test('has the published schema: `bench schema config > docs/bench.config.schema.json`', () => {
    const published = readFileSync('docs/bench.config.schema.json', 'utf8');
    expect(JSON.parse(published)).toEqual(configurationJsonSchema());
    expect(Object.keys(configurationSchema.shape)).toContain('assertions');
  });
});

test.each([
  [
    'requests: [{ path: / }, { path: /, weight: x }]',
    'requests[1].weight must be a number above 0, not "x".',
  ],
  ['reqests: []', ': unknown key "reqests"; did you mean requests? Known: '],
  ['requests: [{ pth: / }]', 'requests[0]: unknown key "pth"; did you mean path?'],
  ['servers: [{ exec: a }, { exec: a }]', 'servers[1] must have a name that no other server has.'],
  ['models: [poool]', 'models[0]: unknown model "poool"; did you mean pool?'],
  ['servers: [{ name: a }]', 'servers[0] must have either exec or url.'],
  [
    'requests: [{ path: /, headers: { X: "${ABSENT_VARIABLE}" } }]',
    'requests[0].headers.X refers to the environment variable ABSENT_VARIABLE, which is not set.',
  ],
  [
    'requests: [{ path: /, headers: { Host: [] } }]',
    'requests[0].headers.Host must be one line of ASCII text.',
  ],
  ['requests: [{ path: / }]', ': requests needs --app, --exec or --url'],
  ['connections: 0', ': connections must be a whole number from 1 to 65535, not "0".'],
  ['database: 3', 'database must be text.'],
  ['headers: "Authorization: x"', 'headers must be headers by name.'],
  ['requests: { headers: { A: x } }', 'requests must be a list of requests.'],
  ['models: event-loop\nworkers: 1,2', ': workers: event-loop always has one worker'],
  ['clientCpus: x', ': clientCpus must be a list of CPUs'],
  ['objectives: [nonsense]', ': objectives must be a percentile'],
  ['servers: [{ url: "http://192.0.2.1" }]', '192.0.2.1 is another machine'],
  ['references: 3', 'references must be true or false, not 3.'],
  ['a: [', 'cannot be read: '],
  ['a: &x [*x]', 'cannot be read: '],
  ['- a', 'must be keys with values'],
])('%s is refused with its place', async (text, words) => {
  const refusal = planOf(text);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(words);
  await expect(refusal).rejects.toThrow('bench.config.yaml');
});

test.each([
  ['js', 'throw new Error("not today")', 'bench.config.js cannot be read: not today.'],
  ['mjs', 'export default () => ({});', 'must export the configuration itself, not a function'],
  ['js', 'export const a = 1;', 'bench.config.js must have a default export.'],
  ['json', '{', 'bench.config.json cannot be read: '],
  ['toml', '', '--config must be a file with one of the endings .ts'],
])('a file that ends with .%s and cannot be read is refused: %s', async (ending, text, words) => {
  await expect(planOf(text, ending)).rejects.toThrow(words);
});

test('a folder is no configuration', async () => {
  const config = join(await newFolder(), 'bench.config.ts');
  await mkdir(config);
  await expect(readRunFlags({ config })).rejects.toThrow('cannot be read: it is a folder');
});

test('an earlier run that cannot be read is named with the place that names it', async () => {
  const { withPlaces } = await readRunFlags({ config: await fileWith('like: nope.json') }, {});
  const reading = withPlaces(() => Promise.reject(new UsageError('nope.json: none', '--like')));
  await expect(reading).rejects.toThrow('bench.config.yaml: like: nope.json: none');
});

test('a variable that cannot be used is refused by its name', async () => {
  const planned = (environment: Record<string, string>) => planOf('', 'yaml', {}, environment);
  await expect(planned({ BENCH_CONNECTIONS: '0' })).rejects.toThrow('BENCH_CONNECTIONS must be a');
  await expect(planned({ BENCH_REFERENCES: '3' })).rejects.toThrow('BENCH_REFERENCES must be true');
  await expect(planned({ BENCH_MODELS: 'poool' })).rejects.toThrow('BENCH_MODELS: unknown model');
});
