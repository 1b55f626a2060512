import { describe, expect, test } from '@jest/globals';
import { assertionLine } from '../../reports/findings/assertion-sentences.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
} from '../../test/sample-document.ts';
import type { RunDocument, Trial } from '../document/run-document.ts';
import { judgeChanges, sharedPlan } from './judge.ts';
import { readAssertion } from './read-assertion.ts';

const wobble = [0.99, 1.01, 1, 1.005, 0.995, 1];

/** Six blocks with a throughput (requests/s) and a median response time (ms). */
function run(
  perSecond: number,
  ms: number,
  change: (trial: Trial) => Trial = (trial) => trial,
  servers = ['pool'],
): RunDocument {
  const trials = wobble.flatMap((factor, block) =>
    servers.map((server) =>
      change(
        sampleTrial({ block, server }, [
          sampleClosedLoop({ throughputPerSecond: perSecond * factor }),
          sampleOpenLoop({ responseTime: sampleTimes(3000, ms * factor) }),
        ]),
      ),
    ),
  );
  return sampleDocument({ servers }, trials);
}

const base = run(1000, 6);
const judged = (text: string, next: RunDocument, from = base) =>
  judgeChanges(from, next, [text]).map(assertionLine).join();

describe('an assertion on two runs is judged by the interval of new/base', () => {
  test.each([
    [
      'new/base throughput of pool on cpu > 0.85',
      /^✓ passed: .*: 0\.900× \(95 % CI 0\.8\d+–0\.9\d+\)$/,
    ],
    ['new/base throughput > 0.95', /^✗ failed: .*: 0\.900×/],
    ['new/base throughput > 0.9', /^\? unclear: .*; the limit is inside the interval: more blocks/],
    ['new/base p50 < 1.4', /^✓ passed: .*: 1\.33×/],
    ['new/base p50 < 1.2 at 600/s', /^✗ failed: .*: 1\.33×/],
    [
      'new/base p50 < 1.2 at 50/s',
      /^\? unclear: .*: no open loop offered 50 requests\/s; use --rate 50$/,
    ],
    ['new/base p99.9 < 9', /^\? unclear: .*: a block has only 3,000 requests/],
  ])('%s', (text, expected) => {
    expect(judged(text, run(900, 8))).toMatch(expected);
  });

  test('and not by a ratio that one of the runs is too short to claim', () => {
    const short = run(900, 8);
    short.plan.smallestClaim = 0.1;
    expect(judged('new/base throughput > 0.85', short)).toMatch(
      /^\? unclear: .*: 0\.900× .*; these runs claim no difference below 10 %; use --rigorous$/,
    );
  });

  test('a server that fails in the new run has failed, and one that failed in the base is better', () => {
    const broken = run(900, 8, (trial) => ({ ...trial, status: 'failed', reason: 'it crashed' }));
    expect(judged('new/base throughput > 0.1', broken)).toMatch(
      /^✗ failed: new\/base throughput > 0\.1: in the new run, pool had no throughput in 6 of 6/,
    );
    const sometimes = run(900, 8, (trial) =>
      trial.block < 2 ? { ...trial, status: 'failed', reason: 'it crashed' } : trial,
    );
    expect(judged('new/base throughput > 0.5', sometimes)).toMatch(/^\? unclear: .*at most/);
    expect(judged('new/base throughput > 0.5', base, sometimes)).toMatch(/^✓ passed: .*at least/);
  });

  test('work that differs is not judged', () => {
    const next = run(900, 8);
    next.plan.connections += 1;
    expect(judged('new/base throughput > 0.1', next)).toMatch(
      /^\? unclear: .* connections, the new/,
    );
  });
});

test.each([
  ['pool throughput > 5', 0, 'two runs are compared by new/base, not "pool"'],
  ['base/new throughput > 5', 0, 'not "base/new"'],
  [
    'new/base throughput > 5',
    20,
    'the runs have several servers: add "of" and one of pool, prefork',
  ],
  [
    'new/base throughput of poool > 5',
    23,
    '"poool" is not a server of both runs. Known: pool, prefork',
  ],
])('%j is refused with its place', (text, at, message) => {
  const [one, other] = [
    ['pool', 'prefork', 'event-loop'],
    ['prefork', 'pool'],
  ].map((servers) => run(1, 1, undefined, servers));
  if (!one || !other) throw new Error('two runs are needed');
  expect(() => readAssertion(text, sharedPlan(one, other))).toThrow(
    expect.objectContaining({ at, message: expect.stringContaining(message) }),
  );
});
