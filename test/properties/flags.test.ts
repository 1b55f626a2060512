import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readRunDocument } from '../../results/document/read.ts';
import { UsageError } from '../../runner/errors.ts';
import { RequestMessages } from '../../runner/load/request-messages.ts';
import { planBlocks } from '../../runner/plan/plan.ts';
import { plannedDocument } from '../../runner/plan/planned-document.ts';
import { planRun, runFlagsSchema } from '../../runner/plan/run-options.ts';
import { servers } from '../../servers/index.ts';
import { workloads } from '../../workloads/index.ts';
import { sampleDocument } from '../sample-document.ts';
import { holdsFor } from './property.ts';

const unusual = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '-',
    ',',
    '\0',
    '\r\n',
    '%',
    '__proto__',
    'constructor',
    '-1',
    '1e9',

    '00',
    '٣',
  ),
);
/** Mostly values that are accepted, so that whole plans are made too. */
const or = (usual: fc.Arbitrary<string>) =>
  fc.oneof({ arbitrary: usual, weight: 30 }, { arbitrary: unusual, weight: 1 });

const digits = fc.nat({ max: 70_000 }).map(String);
const names = (all: readonly { readonly name: string }[]) =>
  fc.constantFrom(...all.map(({ name }) => name));
const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));

const parameter = fc
  .tuple(
    or(fc.constantFrom('ms', 'n', 'times', 'parts', 'light', 'heavy')),
    or(fc.nat({ max: 40 }).map(String)),
  )
  .map(([name, value]) => `${name}=${value}`);
const workload = fc.oneof(
  fc.constantFrom('io?ms=7', 'cpu?n=20&times=3', 'mixed?ms=5&n=30&heavy=2', 'fanout?parts=4'),
  fc
    .tuple(or(names(workloads)), fc.array(parameter, { maxLength: 2 }))
    .map(([name, parameters]) =>
      parameters.length > 0 ? `${name}?${parameters.join('&')}` : name,
    ),
);

const seldom = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary: value, weight: 1 });
const some = (item: fc.Arbitrary<string>) => seldom(fc.array(or(item), { maxLength: 2 }));

const flags = fc
  .record({
    model: seldom(or(list(or(names(servers))))),
    workload: seldom(or(list(workload))),
    exec: some(fc.constantFrom('node server.js', 'PORT=1 ./server')),
    url: some(
      fc.constantFrom('http://localhost:3000/users?id=1', 'http://[::1]:8080', 'https://a'),
    ),
    name: some(fc.constantFrom('old', 'new')),
    path: some(fc.constantFrom('/users', '/a?b=c%20d')),
    allowRemote: fc.boolean(),
    references: fc.boolean(),
    connections: seldom(or(digits)),
    duration: seldom(or(fc.constantFrom('1s', '500ms', '0.5', '2m', '1h'))),
    rate: seldom(or(digits)),
    blocks: seldom(or(fc.nat({ max: 20 }).map(String))),
    workers: seldom(or(fc.nat({ max: 20 }).map(String))),
    netpollers: seldom(or(fc.constantFrom('1', '2'))),
    queueLimit: seldom(or(digits)),
    fairness: seldom(or(fc.constantFrom('work', 'demand'))),
    seed: seldom(or(digits)),
    cpus: seldom(or(fc.constantFrom('0', '0-1', '1,0'))),
    database: seldom(or(fc.constantFrom('postgres://me:secret@localhost/x', 'mysql://localhost'))),
    clientCpus: seldom(or(fc.constantFrom('0', '1'))),
    quick: seldom(fc.boolean()),
    rigorous: seldom(fc.boolean()),
  })
  .map((given) => runFlagsSchema.parse(given));

/** Undefined where the flags are refused with a sentence; any other error breaks the property. */
function planOrSentence(given: ReturnType<typeof runFlagsSchema.parse>) {
  try {
    return planRun(given);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (/undefined|NaN|\[object/.test(error.message))
      throw new Error('a value is missing', { cause: error });
    return undefined;
  }
}

const load = {
  loop: 'closed' as const,
  host: 'localhost',
  port: 1,
  connections: 1,
  warmupSeconds: 0,
  windowSeconds: 1,
  timeoutSeconds: 1,
  seed: 1,
};
let plans = 0;

test('any flags give a plan that can be saved and sent, or a sentence that refuses them', async () => {
  await holdsFor(
    60,
    fc.asyncProperty(flags, async (given) => {
      const plan = planOrSentence(given);
      if (!plan) return;
      plans += 1;
      const { environment } = sampleDocument({}, []);
      const document = plannedDocument(plan, environment, ['bench'], new Date(0));
      expect(readRunDocument(JSON.stringify(document))).toEqual(document);
      expect(planBlocks(plan)).toHaveLength(plan.blocks);
      for (const { classes } of plan.workloads) {
        const messages = new RequestMessages({ ...load, classes: [...classes] });
        for (const index of classes.keys()) {
          expect(messages.next(index).bytes.toString('latin1')).toMatch(
            /^GET \/[\x21-\x7e]* HTTP\/1\.1\r\nHost: localhost:1\r\nConnection: keep-alive\r\n\r\n$/,
          );
        }
      }
    }),
  );
  expect(plans).toBeGreaterThan(10);
});
