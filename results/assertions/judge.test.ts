import { describe, expect, test } from '@jest/globals';
import { assertionSentence, assertionSigns } from '../../reports/findings/assertion-sentences.ts';
import { golden } from '../../test/golden/documents.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
} from '../../test/sample-document.ts';
import type { RunDocument, Trial } from '../document/run-document.ts';
import { undecidedServers } from '../verdicts/undecided.ts';
import { judgeAssertions } from './judge.ts';

const wobble = [0.99, 1.01, 1, 1.005, 0.995, 1];

/** Six blocks of pool and prefork: 1,800 and 1,000 requests/s, 3 and 6 ms at the median. */
function run(change: (trial: Trial) => Trial = (trial) => trial): RunDocument {
  const trials = wobble.flatMap((factor, block) =>
    (['pool', 'prefork'] as const).map((server, index) =>
      change(
        sampleTrial({ block, server }, [
          sampleClosedLoop({ throughputPerSecond: index === 0 ? 1800 : 1000 * factor }),
          sampleOpenLoop({ responseTime: sampleTimes(3000, (index === 0 ? 3 : 6) * factor) }),
        ]),
      ),
    ),
  );
  return sampleDocument({}, trials);
}

function sentenceFor(text: string, document = run()): string {
  const plan = { ...document.plan, assertions: [text] };
  return judgeAssertions({ ...document, plan })
    .map((result) => `${assertionSigns[result.outcome]} ${assertionSentence(result)}`)
    .join();
}

/** What went wrong in the first blocks of pool. */
const failing =
  (blocks: number, code = 'wrong-bodies') =>
  (trial: Trial): Trial =>
    trial.server === 'pool' && trial.block < blocks
      ? { ...trial, warnings: [{ code, severity: 'void', message: 'it broke', advice: '' }] }
      : trial;

test('an interval that excludes nothing is not written out', () => {
  const trials = [100, 9000].map((throughputPerSecond, block) =>
    sampleTrial({ block, server: 'pool' }, [sampleClosedLoop({ throughputPerSecond })]),
  );
  expect(sentenceFor('pool throughput > 500', sampleDocument({}, trials))).toContain(
    ' requests/s (95 % CI wider than a factor of 1,000, 2 blocks); the limit is inside',
  );
});

describe('an assertion is judged by the interval', () => {
  test.each([
    ['pool/prefork throughput > 1.5', /^✓ passed .*: 1\.80× \(95 % CI 1\.77–1\.83, 6 blocks\)$/],
    [
      'prefork/pool throughput > 1.5',
      /^✗ failed .*: 0\.556× \(95 % CI 0\.5\d+–0\.5\d+, 6 blocks\)$/,
    ],
    [
      'pool/prefork throughput > 1.8',
      /^\? unclear .*: 1\.80× \(.*\); the limit is inside the interval: more blocks may decide it$/,
    ],
    ['pool/prefork p99 < 0.6', /^✓ passed .*: 0\.5/],
    [
      'prefork p99 < 20ms',
      /^✓ passed prefork p99 < 20ms: 12\.0 ms \(95 % CI 11\.\d–12\.\d, 6 blocks\)$/,
    ],
    ['prefork p99 < 11ms at 600/s', /^✗ failed /],
    ['prefork p50 > 6ms', /^\? unclear /],
    [
      'prefork throughput > 900/s',
      /^✓ passed .*: 1,000 requests\/s \(95 % CI 9\d\d–1,0\d\d, 6 blocks\)$/,
    ],
  ])('%s', (text, expected) => {
    expect(sentenceFor(text)).toMatch(expected);
  });

  test('and not by a ratio that the run is too short to claim', () => {
    const short = run();
    short.plan.smallestClaim = 0.1;
    expect(sentenceFor('pool/prefork throughput > 1.7', short)).toMatch(
      /^\? unclear .*; this run claims no difference below 10 %; use --rigorous$/,
    );
    expect(sentenceFor('pool/prefork throughput > 1.5', short)).toMatch(/^✓ passed /);
  });

  test('and not by a percentile with too few requests, or a rate that was not offered', () => {
    expect(sentenceFor('pool p99.9 < 1ms')).toBe(
      '? unclear pool p99.9 < 1ms: a block has only 3,000 requests, and p99.9 needs 30,000; use a longer --duration or a higher --rate',
    );
    expect(sentenceFor('pool p50 < 1ms at 200/s')).toBe(
      '? unclear pool p50 < 1ms at 200/s: no open loop offered 200 requests/s; use --rate 200',
    );
  });

  test('of one block, which is none', () => {
    const document = sampleDocument({}, run().trials.slice(0, 2));
    expect(sentenceFor('pool throughput > 1', document)).toMatch(
      /^\? unclear .*: one block has no confidence interval; use more --blocks$/,
    );
  });

  test('of the load curve, for capacity', () => {
    const full = golden('full');
    expect(sentenceFor('pool capacity on io > 500', full)).toMatch(
      /^✓ passed pool capacity on io > 500 \(p\d+ < \d+ ms\): at least 1,4\d0 requests\/s$/,
    );
    expect(sentenceFor('pool/event-loop capacity on cpu > 1.2', full)).toMatch(/^✓ passed .*×/);
  });

  test('of a rate of the load curve', () => {
    const [trial] = golden('full').trials.filter(({ curve }) => curve.length > 0);
    const rate = Math.round(trial?.curve[0]?.offeredPerSecond ?? 0);
    const text = `${trial?.server} p50 on ${trial?.workload} < 9s at ${rate}/s`;
    expect(sentenceFor(text, golden('full'))).toMatch(/(passed|unclear) .*: .* ms/);
  });
});

describe('blocks that a server failed', () => {
  test('keep an assertion from passing, but not from failing', () => {
    const document = run(failing(2));
    expect(sentenceFor('pool throughput > 100', document)).toMatch(
      /^\? unclear .*: at most 1,800 requests\/s; pool had no throughput in 2 of 6 blocks/,
    );
    expect(sentenceFor('pool throughput > 2000', document)).toMatch(/^✗ failed /);
    expect(sentenceFor('pool/prefork throughput > 1.5', document)).toMatch(/^\? unclear /);
    expect(sentenceFor('prefork/pool throughput > 0.1', document)).toMatch(/^✓ passed /);
  });

  test('are worse than any limit if there are many', () => {
    const document = run(failing(6));
    expect(sentenceFor('pool p50 < 9s', document)).toBe(
      "✗ failed pool p50 < 9s: pool had no median response time in 6 of 6 blocks (pool's numbers are void: it broke)",
    );
    expect(sentenceFor('pool/prefork p50 < 9', document)).toBe(
      "✗ failed pool/prefork p50 < 9: pool had no median response time in 6 of 6 blocks (pool's numbers are void: it broke)",
    );
    expect(sentenceFor('prefork/pool p50 < 9', document)).toMatch(/^✓ passed /);
  });

  test.each([3, 5])('are many in %d of 6 blocks, also of a ratio', (blocks) => {
    const document = run(failing(blocks));
    expect(sentenceFor('pool p50 < 9s', document)).toMatch(/^✗ failed /);
    expect(sentenceFor('pool/prefork throughput > 0.1', document)).toMatch(
      new RegExp(`^✗ failed .*: pool had no throughput in ${blocks} of 6 blocks`),
    );
    expect(sentenceFor('prefork/pool throughput > 9', document)).toMatch(/^✓ passed /);
  });

  test('say nothing of a ratio of two servers that fail', () => {
    const both = run((trial) => failing(3)({ ...trial, server: 'pool' }));
    const document = {
      ...both,
      trials: both.trials.map((trial, index) => ({
        ...trial,
        server: index % 2 ? 'prefork' : 'pool',
      })),
    };
    expect(sentenceFor('pool/prefork throughput > 0.1', document)).toMatch(
      /^\? unclear .*: pool had no throughput in 3 of 6 blocks.*; prefork had no throughput in 3 of 6/,
    );
  });

  test('say nothing of the server where the load generator is to blame', () => {
    expect(sentenceFor('pool p50 < 9s', run(failing(6, 'late-sends')))).toMatch(/^\? unclear /);
  });
});

test('a run goes on for the servers of an assertion that more blocks may decide', () => {
  const undecided = (text: string) => {
    const document = run();
    const plan = { ...document.plan, assertions: [text] };
    return [...(undecidedServers({ ...document, plan }).get('cpu')?.servers ?? [])];
  };
  expect(undecided('prefork throughput > 1000')).toEqual(['prefork']);
  expect(undecided('prefork throughput > 900')).toEqual([]);
  expect(undecided('pool/prefork throughput > 1.8')).toEqual(['pool', 'prefork']);
});
