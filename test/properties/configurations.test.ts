import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readRunFlags } from '../../runner/config/read-run-flags.ts';
import { template } from '../../runner/config/template.ts';
import { exitCode, UsageError } from '../../runner/errors.ts';
import { planRun } from '../../runner/plan/run-options.ts';
import { newFolder } from '../bench.ts';
import { type Json, mutated, mutation } from './mutated-document.ts';
import { holdsFor } from './property.ts';

const valid: readonly Json[] = [
  {
    servers: [
      { exec: 'node server.js', name: 'mine' },
      { url: 'http://localhost:3000', name: 'theirs' },
    ],
    models: ['pool', 'event-loop'],
    workloads: ['io', 'cpu?n=20'],
    headers: { Accept: 'application/json' },
    requests: [
      { path: '/users', weight: 3, contains: 'users' },
      { method: 'POST', path: '/orders', body: { item: 1, parts: ['a'] }, status: 201 },
      { path: '/orders', name: 'text', headers: { 'X-A': 'b' }, body: 'text', method: 'PUT' },
    ],
    objectives: ['p95<100ms', 'POST /orders p99<1s'],
    profile: 'quick',
  },
  {
    models: 'pool',
    references: false,
    workloads: 'hello',
    connections: 8,
    duration: '1s',
    rate: 100,
    blocks: 3,
    workers: 2,
    queueLimit: 100,
    fairness: 'work',
    seed: 7,
    cpus: '0',
  },
];

const mutatedJson = fc
  .tuple(fc.constantFrom(...valid), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([original, mutations]) => JSON.stringify(mutations.reduce(mutated, original)));

/** YAML with one piece cut out or put in. */
const brokenYaml = fc
  .tuple(
    fc.nat({ max: template.length }),
    fc.nat({ max: 12 }),
    fc.constantFrom('', ':', ' ', '- ', '\t', '{', '[', '"', '&a ', '*a', '!!x ', '\n', '#', '%'),
  )
  .map(([at, length, piece]) => template.slice(0, at) + piece + template.slice(at + length));

/** The sentence that refuses a file; null if it gives a plan. Any other error breaks the property. */
async function refusalOf(config: string): Promise<string | null> {
  try {
    const { flags, withPlaces } = await readRunFlags({ config }, {});
    await withPlaces(() => planRun(flags));
    return null;
  } catch (error) {
    if (!(error instanceof UsageError) || exitCode(error) !== 2) throw error;
    return error.message;
  }
}

/** A key of the file, a line of it, or the file itself where it is no configuration at all. */
const place =
  /bench\.config\.(?:json|yaml)(?:: \S| cannot be read: .* at line \d+, column \d+| must be keys)/;

test.each([
  ['json', mutatedJson],
  ['yaml', brokenYaml],
])('any changed %s file gives a plan, or a sentence with the place', async (ending, texts) => {
  const path = join(await newFolder(), `bench.config.${ending}`);
  const outcomes = { plans: 0, sentences: 0 };
  await holdsFor(
    300,
    fc.asyncProperty(texts, async (text) => {
      await writeFile(path, text);
      const refusal = await refusalOf(path);
      if (refusal === null) outcomes.plans += 1;
      else outcomes.sentences += 1;
      expect([refusal === null || place.test(refusal), refusal]).toEqual([true, refusal]);
      expect(refusal ?? '').not.toMatch(/undefined|NaN|\[object|\n {4}at /);
    }),
  );
  expect(outcomes.plans).toBeGreaterThan(10);
  expect(outcomes.sentences).toBeGreaterThan(10);
});
