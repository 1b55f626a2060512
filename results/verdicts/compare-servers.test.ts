import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Measurement, RunDocument, Trial } from '../document/run-document.ts';
import { compareServers } from './decide.ts';
import { sameServerShare } from './evidence.ts';
import { rankBy, rankWorkloads } from './ranking.ts';
import type { Comparison } from './verdict.ts';

const voided = { code: 'x', severity: 'void', message: 'it was odd', advice: '' } as const;
const blocksOf = (count: number) => Array.from({ length: count }, (_, block) => block);
/** A little noise, different for every block and server, the same every time. */
const noise = (block: number, server: string, share = 0.01) =>
  1 + share * Math.sin(block * 12.9898 + server.length * 78.233);

/** An open loop in which the slowest requests were never answered. */
const unansweredTail = {
  requests: {
    ...sampleOpenLoop().requests,
    ok: sampleOpenLoop().requests.sent - 100,
    timeouts: 100,
  },
  responseTime: { ...sampleTimes(3000, 3), p99Ms: null },
};

function closedTrials(server: string, perSecond: number, blocks = 6, share = 0.01): Trial[] {
  return blocksOf(blocks).map((block) =>
    sampleTrial({ block, server }, [
      sampleClosedLoop({ throughputPerSecond: perSecond * noise(block, server, share) }),
    ]),
  );
}
function openTrials(server: string, p50Ms: number, change: Partial<Measurement> = {}): Trial[] {
  return blocksOf(6).map((block) =>
    sampleTrial({ block, server }, [
      sampleClosedLoop({ throughputPerSecond: 1000 * noise(block, server) }),
      sampleOpenLoop({ responseTime: sampleTimes(3000, p50Ms * noise(block, server)), ...change }),
    ]),
  );
}

function leaderBy(document: RunDocument, comparison: Comparison | undefined): string | undefined {
  const [workload] = document.plan.workloads;
  if (!workload || !comparison) return undefined;
  const { leader } = rankBy(comparison.metric, document, workload, compareServers(document));
  return leader?.server.name;
}

describe('a run of closed loops', () => {
  const servers = ['event-loop', 'pool', 'prefork'];
  const document = sampleDocument({ servers }, [
    ...closedTrials('event-loop', 600),
    ...closedTrials('pool', 1200),
    ...closedTrials('prefork', 1190),
  ]);
  const comparisons = compareServers(document);
  const [workload] = document.plan.workloads;
  const ranking = workload && rankBy({ kind: 'throughput' }, document, workload, comparisons);

  test('compares every two servers once', () => {
    const pairs = comparisons.map(({ first, second }) => `${first} ${second}`);
    expect(pairs).toEqual(['event-loop pool', 'event-loop prefork', 'pool prefork']);
  });

  test('says which servers are faster and which are equivalent', () => {
    expect(comparisons.map(({ verdict }) => verdict.kind)).toEqual([
      'faster',
      'faster',
      'equivalent',
    ]);
    expect(comparisons[0]?.verdict).toMatchObject({ ahead: 'pool', behind: 'event-loop' });
  });

  test('compares the others with the best', () => {
    expect(ranking?.leader?.server.name).toBe('pool');
    expect(
      ranking?.servers.map(({ comparison }) => comparison && [comparison.first, comparison.second]),
    ).toEqual([['event-loop', 'pool'], null, ['pool', 'prefork']]);
  });
});

describe('a run with open loops', () => {
  test('compares response times, where less is better', () => {
    const document = sampleDocument({}, [...openTrials('pool', 3), ...openTrials('prefork', 5)]);
    const [, response] = compareServers(document);
    expect(response?.metric).toEqual({ kind: 'response-time', percentile: 'p99', className: null });
    expect(response?.verdict).toMatchObject({ kind: 'faster', ahead: 'pool', behind: 'prefork' });
    expect(leaderBy(document, response)).toBe('pool');
  });

  test('compares response times only at the shared rate', () => {
    const own = { rate: 'proportional' } as const;
    const document = sampleDocument({}, [
      ...openTrials('pool', 3, own),
      ...openTrials('prefork', 5, own),
    ]);
    expect(compareServers(document).map(({ metric }) => metric.kind)).toEqual(['throughput']);
  });

  const sentToPrefork = (sent: number, ok = sent) => {
    const requests = { sent, ok, non2xx: 0, timeouts: sent - ok, errors: 0, mismatched: 0 };
    const document = sampleDocument({}, [
      ...openTrials('pool', 3),
      ...openTrials('prefork', 5, { requests }),
    ]);
    return compareServers(document)[1];
  };

  test.each([
    [3000, 'p99'],
    [2999, 'p95'],
    [200, 'p95'],
    [199, 'p90'],
    [30, 'p90'],
    [29, 'p50'],
    [20, 'p50'],
  ])('uses the percentile that every trial has the requests for: of %d, %s', (sent, percentile) => {
    expect(sentToPrefork(sent)).toMatchObject({
      metric: { percentile },
      verdict: { kind: 'faster' },
    });
  });

  test('uses no percentile of fewer than 20 requests', () => {
    expect(sentToPrefork(14)?.verdict).toEqual({
      kind: 'not-measured',
      reason: 'prefork was sent only 14 requests in a trial (20 needed); use a longer --duration',
    });
  });

  test('counts requests without an answer, which a lower percentile would hide', () => {
    expect(sentToPrefork(3000, 2900)?.metric).toMatchObject({ percentile: 'p99' });
  });

  test('compares each class of requests', () => {
    const { requests, throughputPerSecond, serviceTime, responseTime } = sampleOpenLoop();
    const classes = ['light', 'heavy'].map((name) => ({
      name,
      requests,
      throughputPerSecond,
      serviceTime,
      responseTime,
    }));
    const document = sampleDocument({ workloads: [sampleWorkload('cpu', ['light', 'heavy'])] }, [
      ...openTrials('pool', 3, { classes }),
      ...openTrials('prefork', 3, { classes }),
    ]);
    expect(compareServers(document).slice(1)).toMatchObject([
      { metric: { className: 'light' }, verdict: { kind: 'equivalent' } },
      { metric: { className: 'heavy' }, verdict: { kind: 'equivalent' } },
    ]);
  });

  test('has no verdict on a percentile that falls among requests without an answer', () => {
    const document = sampleDocument({}, [
      ...openTrials('pool', 3),
      ...openTrials('prefork', 5, unansweredTail),
    ]);
    expect(compareServers(document)[1]?.verdict).toMatchObject({
      kind: 'one-failed',
      behind: 'prefork',
      failure: 'left too many requests unanswered',
    });
  });
});

describe('numbers that may not be used', () => {
  const verdictOf = (trials: readonly Trial[]) =>
    compareServers(sampleDocument({}, trials))[0]?.verdict;

  test.each([
    [1, 'complete', '; use more --blocks'],
    [
      8,
      'complete',
      '; there was no time for more: measure fewer servers or workloads, or take longer',
    ],
    [8, 'interrupted', ''],
  ] as const)('are those of one block of %s of a run that is %s', (blocks, status, advice) => {
    const trials = [...closedTrials('pool', 1200, 1), ...closedTrials('prefork', 600, 1)];
    const document = sampleDocument({}, trials);
    const planned = { ...document, status, plan: { ...document.plan, blocks } };
    expect(compareServers(planned)[0]?.verdict).toEqual({
      kind: 'not-measured',
      reason: `one block cannot show how much of a difference is chance${advice}`,
    });
  });

  test('are void ones, whether the trial or the measurement is', () => {
    const fine = closedTrials('pool', 1200);
    const reason = "prefork's numbers are void: it was odd";
    const trials = closedTrials('prefork', 600).map((trial) => ({ ...trial, warnings: [voided] }));
    expect(verdictOf([...fine, ...trials])).toEqual({ kind: 'not-measured', reason });
    const measurements = blocksOf(6).map((block) =>
      sampleTrial({ block, server: 'prefork' }, [sampleClosedLoop({ warnings: [voided] })]),
    );
    expect(verdictOf([...fine, ...measurements])).toEqual({ kind: 'not-measured', reason });
  });

  test('leave the other blocks to be compared', () => {
    const [first, ...rest] = closedTrials('prefork', 600);
    const spoilt = { ...(first as Trial), warnings: [voided] };
    expect(verdictOf([...closedTrials('pool', 1200), spoilt, ...rest])).toMatchObject({
      kind: 'faster',
      blocks: 5,
    });
  });

  test('are those of a server that failed or never ran, with the reason', () => {
    const failed = closedTrials('prefork', 600).map(
      (trial): Trial => ({ ...trial, status: 'failed', reason: 'it exited with code 1' }),
    );
    expect(verdictOf([...closedTrials('pool', 1200), ...failed.slice(0, 1)])).toMatchObject({
      reason: 'prefork failed: it exited with code 1',
    });
    const skipped = failed.map(
      (trial): Trial => ({ ...trial, status: 'skipped', reason: 'it is not installed' }),
    );
    expect(verdictOf([...closedTrials('pool', 1200), ...skipped])).toMatchObject({
      reason: 'prefork skipped: it is not installed',
    });
    expect(verdictOf(closedTrials('pool', 1200))).toMatchObject({
      reason: 'prefork was not measured',
    });
    const [ranking] = rankWorkloads(sampleDocument({}, []));
    expect(ranking?.leader).toBeNull();
  });
});

describe('a server with failed blocks', () => {
  const lossy = (p50Ms: number, lose: (trial: Trial) => Trial, blocks = 4) =>
    openTrials('pool', p50Ms).map((trial, block) => (block < blocks ? lose(trial) : trial));
  const opened = (change: Partial<Measurement>) => (trial: Trial) =>
    sampleTrial(trial, [sampleClosedLoop(), sampleOpenLoop(change)]);
  const overloaded = { ...voided, code: 'overloaded' };
  const ways: [string, (trial: Trial) => Trial][] = [
    ['unanswered', opened(unansweredTail)],
    ['failed', (trial) => ({ ...trial, status: 'failed', reason: 'it exited with code 1' })],
    ['overloaded', opened({ warnings: [overloaded] })],
    ['wrong', opened({ warnings: [{ ...voided, code: 'wrong-bodies' }] })],
  ];
  const judged = (trials: readonly Trial[]) => {
    const document = sampleDocument({}, [...trials, ...openTrials('prefork', 5)]);
    const [, response] = compareServers(document);
    return { verdict: response?.verdict, best: leaderBy(document, response) };
  };

  test.each(ways)('is never faster because of its other blocks, nor best: %s', (_, lose) => {
    const { verdict, best } = judged(lossy(3, lose));
    expect(verdict).toMatchObject({
      kind: 'not-measured',
      reason: expect.stringMatching(/^pool had no p99 response time in 4 of 6 blocks \(/),
    });
    expect(best).toBe('prefork');
  });

  test.each(ways)('is not equivalent to another either: %s', (_, lose) => {
    expect(judged(lossy(5, lose)).verdict?.kind).toBe('not-measured');
  });

  test.each(ways)('may be slower even so: %s', (_, lose) => {
    expect(judged(lossy(9, lose, 3)).verdict).toMatchObject({
      kind: 'faster',
      ahead: 'prefork',
      blocks: 3,
      blocksTried: 6,
      blocksDisturbed: 0,
    });
  });

  test.each(ways)('has them as the reason where too few blocks are left: %s', (_, lose) => {
    expect(judged(lossy(3, lose, 5)).verdict).toMatchObject({
      kind: 'not-measured',
      reason: expect.stringContaining('in 5 of 6 blocks ('),
    });
  });

  test('is judged by the blocks that the other took part in', () => {
    const [first, second, third] = openTrials('prefork', 5);
    const crashed = openTrials('pool', 3).map((trial, block) =>
      block < 3 ? trial : ({ ...trial, status: 'failed', reason: 'it crashed' } as const),
    );
    const rotated = [...crashed, first, second, third].filter((trial) => trial !== undefined);
    expect(compareServers(sampleDocument({}, rotated))[1]?.verdict).toMatchObject({
      kind: 'faster',
      ahead: 'pool',
      blocks: 3,
      blocksTried: 3,
      blocksDisturbed: 0,
    });
  });

  test('is not blamed for the load generator', () => {
    const late = { ...voided, code: 'late-sends' };
    const { verdict } = judged(lossy(3, opened({ warnings: [overloaded, late] }), 3));
    expect(verdict).toMatchObject({ kind: 'faster', ahead: 'pool', blocks: 3, blocksTried: 6 });
  });
});

describe('the floor of what is claimed', () => {
  const trials = [...closedTrials('pool', 1050), ...closedTrials('prefork', 1000)];

  test('is the one of the plan', () => {
    const verdictAt = (smallestClaim: number) =>
      compareServers(sampleDocument({ smallestClaim }, trials))[0]?.verdict;
    expect(verdictAt(0)).toMatchObject({ kind: 'faster' });
    expect(verdictAt(0.1)).toMatchObject({
      kind: 'indistinguishable',
      floor: { share: 0.1, source: 'plan' },
    });
  });

  test('is what a server differs from itself when it is repeated in the same block', () => {
    const control = (factor: number) =>
      closedTrials('pool', 1050).map((trial): Trial => {
        const throughputPerSecond = (trial.measurements[0]?.throughputPerSecond ?? 0) * factor;
        return sampleTrial({ ...trial, purpose: 'control' }, [
          sampleClosedLoop({ throughputPerSecond }),
        ]);
      });
    const withControls = (factor: number) =>
      compareServers(sampleDocument({}, [...trials, ...control(factor)]))[0]?.verdict;
    expect(withControls(0.99)).toMatchObject({ kind: 'faster' });
    expect(withControls(0.92)).toMatchObject({
      kind: 'indistinguishable',
      cause: 'below-floor',
      floor: { share: expect.closeTo(1 / 0.92 - 1, 9), source: 'same-server' },
    });
  });

  test('is not 0 when a server differs from itself in both directions', () => {
    const factors = [1.06, 1 / 1.06, 1.05, 1 / 1.05, 1.06, 1 / 1.06];
    const controls = closedTrials('pool', 1050).map((trial, block): Trial => {
      const before = trial.measurements[0]?.throughputPerSecond ?? 0;
      return sampleTrial({ ...trial, purpose: 'control' }, [
        sampleClosedLoop({ throughputPerSecond: before * (factors[block] ?? 1) }),
      ]);
    });
    const document = sampleDocument({}, [...trials, ...controls]);
    // √((4·ln² 1.06 + 2·ln² 1.05)/6)/√6
    const share = sameServerShare(document, { kind: 'throughput' }, 6);
    expect(share).toBeCloseTo(0.0228, 4);
    expect(sameServerShare(document, { kind: 'throughput' }, 24)).toBeCloseTo(share / 2, 3);
  });

  test('is one of the requests that were answered', () => {
    const few = (server: string, perSecond: number) =>
      blocksOf(6).map((block) =>
        sampleTrial({ block, server }, [sampleClosedLoop({ throughputPerSecond: perSecond })]),
      );
    const document = sampleDocument({}, [...few('pool', 4.18), ...few('prefork', 4)]);
    expect(compareServers(document)[0]?.verdict).toMatchObject({
      kind: 'indistinguishable',
      floor: { share: 0.05, source: 'resolution' },
    });
  });
});

describe('a server that answers nothing where another does', () => {
  const trials = (blocks: number) =>
    Array.from({ length: blocks }, (_, block) => [
      sampleTrial({ block, server: 'pool' }, [sampleClosedLoop({ throughputPerSecond: 120 })]),
      sampleTrial({ block, server: 'prefork' }, [sampleClosedLoop({ throughputPerSecond: 0 })]),
    ]).flat();

  test('is behind after three blocks, without a ratio', () => {
    expect(compareServers(sampleDocument({}, trials(3)))[0]?.verdict).toEqual({
      kind: 'one-failed',
      ahead: 'pool',
      behind: 'prefork',
      blocks: 3,
      value: expect.closeTo(120),
      failure: 'left too many requests unanswered',
      pValue: 1 / 32,
      adjustedP: 1 / 32,
    });
    expect(compareServers(sampleDocument({}, trials(2)))[0]?.verdict.kind).toBe('not-measured');
  });

  test('has no place in the ranking, and makes the other the best', () => {
    const [ranking] = rankWorkloads(sampleDocument({}, trials(3)));
    expect(ranking?.servers.map(({ position, toLeader }) => [position, toLeader])).toEqual([
      ['best', null],
      ['behind', null],
    ]);
  });
});
