import { describe, expect, test } from '@jest/globals';
import { changeClause } from '../../reports/findings/change-sentences.ts';
import { normalDeviates } from '../../test/normal-deviates.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleLoadWorker,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { RunDocument } from '../document/run-document.ts';
import { seededRandom } from '../statistics/random.ts';
import { regressionsIn } from './change.ts';
import { compareRuns } from './compare-runs.ts';

interface Run {
  readonly perSecond?: number;
  readonly p50Ms?: number;
  readonly offeredPerSecond?: number;
  readonly blocks?: number;
  readonly cv?: number;
  readonly seed?: number;
}

function run(facts: Run = {}, servers = ['pool']): RunDocument {
  const {
    perSecond = 1000,
    p50Ms,
    offeredPerSecond = 600,
    blocks = 6,
    cv = 0.01,
    seed = 1,
  } = facts;
  const normal = normalDeviates(seededRandom(seed, 'run'));
  const noise = () => 1 + cv * normal();
  const trials = Array.from({ length: blocks }, (_, block) =>
    servers.map((server) => {
      const closed = sampleClosedLoop({ throughputPerSecond: perSecond * noise() });
      if (p50Ms === undefined) return sampleTrial({ block, server }, [closed]);
      const responseTime = sampleTimes(3000, p50Ms * noise());
      return sampleTrial({ block, server }, [
        closed,
        sampleOpenLoop({ responseTime, offeredPerSecond }),
      ]);
    }),
  );
  return sampleDocument({ servers }, trials.flat());
}
const cellsOf = (base: RunDocument, next: RunDocument, threshold = 0.05) =>
  compareRuns(base, next, threshold).cells;
const changeOf = (base: RunDocument, next: RunDocument, threshold = 0.05) =>
  cellsOf(base, next, threshold)[0]?.change;
const base = run();

describe('throughput', () => {
  test('that falls significantly, by more than the threshold, is a regression', () => {
    const comparison = compareRuns(base, run({ perSecond: 900, seed: 2 }), 0.05);
    expect(comparison.cells).toMatchObject([
      {
        server: 'pool',
        workload: 'cpu',
        metric: { kind: 'throughput' },
        change: { kind: 'worse' },
      },
    ]);
    expect(regressionsIn(comparison)).toHaveLength(1);
  });

  test('that rises is better', () => {
    const comparison = compareRuns(base, run({ perSecond: 1100, seed: 2 }), 0.05);
    expect(comparison.cells[0]?.change).toMatchObject({ kind: 'better' });
    expect(regressionsIn(comparison)).toEqual([]);
  });

  test('that moves by less than the threshold is unchanged, however sure the difference is', () => {
    const slightly = run({ perSecond: 970, cv: 0.001, seed: 2 });
    expect(changeOf(run({ cv: 0.001 }), slightly)).toMatchObject({ kind: 'unchanged' });
    expect(changeOf(run({ cv: 0.001 }), slightly, 0.02)).toMatchObject({ kind: 'worse' });
  });

  test('that is too noisy to tell is unclear, and no regression', () => {
    const noisy = run({ perSecond: 930, cv: 0.15, blocks: 3, seed: 2 });
    expect(changeOf(run({ cv: 0.15, blocks: 3 }), noisy)).toMatchObject({ kind: 'unclear' });
  });

  test('is not claimed to change by less than the run can show', () => {
    const quick = run({ perSecond: 920, cv: 0.002, seed: 2 });
    const modest = { ...quick, plan: { ...quick.plan, smallestClaim: 0.1 } };
    const comparison = compareRuns(run({ cv: 0.002 }), modest, 0.05);
    expect(comparison.threshold).toBe(0.1);
    expect(comparison.cells[0]?.change.kind).toBe('unchanged');
    expect(comparison.warnings).toMatchObject([
      {
        code: 'raised-threshold',
        message:
          'the threshold is 10 % instead of the 5 % requested: runs this short show no smaller change',
      },
    ]);
    expect(compareRuns(run({ cv: 0.002 }), modest, 0.1).warnings).toEqual([]);
  });
});

describe('a run with --fairness demand', () => {
  test('is not compared with one with --fairness work', () => {
    const byWork = run({});
    const byDemand = { ...byWork, plan: { ...byWork.plan, fairness: 'demand' as const } };
    expect(compareRuns(byWork, byDemand, 0.05).cells[0]?.change).toEqual({
      kind: 'not-compared',
      reason: 'the base run used --fairness work, the new one demand',
    });
    expect(compareRuns(byDemand, byDemand, 0.05).cells[0]?.change.kind).not.toBe('not-compared');
  });
});

describe('response time', () => {
  const change = (p50Ms: number, offeredPerSecond = 600) =>
    cellsOf(run({ p50Ms: 3 }), run({ p50Ms, offeredPerSecond, seed: 2 }))[1];

  test('that grows is worse, and that shrinks is better', () => {
    expect(change(3.5)).toMatchObject({ metric: { percentile: 'p99' }, change: { kind: 'worse' } });
    expect(change(2.5)?.change.kind).toBe('better');
  });

  test('is not compared when another rate was offered', () => {
    expect(change(3.5, 610)?.change.kind).toBe('worse');
    expect(change(3.5, 650)?.change).toEqual({
      kind: 'not-compared',
      reason:
        '600 requests/s were offered in the base run, 650 in the new one; make the new run with bench run --like base.json',
    });
  });
});

describe('runs of the same server', () => {
  test('hold a false regression in at most one of twenty, among four servers', () => {
    const servers = ['a', 'b', 'c', 'd'];
    const seeds = Array.from({ length: 150 }, (_, seed) => seed);
    const wrong = seeds.filter((seed) => {
      const [one, other] = [0, 1000].map((offset) =>
        run({ cv: 0.05, seed: seed + offset }, servers),
      );
      return one && other && cellsOf(one, other, 0).some(({ change }) => change.kind === 'worse');
    });
    expect(wrong.length / seeds.length).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / 150));
  });
});

describe('what cannot be compared has a reason', () => {
  test.each([
    [
      'a server that only one run has',
      run({}, ['prefork']),
      'pool was not measured in the new run',
    ],
    ['one block', run({ blocks: 1 }), 'the new run has only one block of it'],
  ])('%s', (_, next, reason) => {
    expect(changeOf(base, next)).toEqual({ kind: 'not-compared', reason });
  });

  test('another workload, other parameters, other connections', () => {
    const changed = (change: Partial<RunDocument['plan']>) =>
      changeOf(base, { ...base, plan: { ...base.plan, ...change } });
    const [workload] = base.plan.workloads;
    expect(changed({ workloads: [] })).toMatchObject({ reason: 'it is only in the base run' });
    expect(
      changed({ workloads: [{ ...(workload ?? sampleWorkload()), parameters: { n: 30 } }] }),
    ).toMatchObject({ reason: 'the workload has other parameters in the two runs' });
    expect(changed({ connections: 32 })).toMatchObject({
      reason:
        'the base run used 64 connections, the new one 32; make the new run with bench run --like base.json',
    });
  });

  test('void numbers', () => {
    const warning = { code: 'x', severity: 'void', message: 'it was odd', advice: '' } as const;
    const trials = base.trials.map((trial) => ({ ...trial, warnings: [warning] }));
    expect(changeOf(base, { ...base, trials })).toMatchObject({
      reason: "pool's numbers are void: it was odd",
    });
  });
});

describe('a server that breaks', () => {
  const loses = (document: RunDocument, blocks: number, code = 'wrong-bodies'): RunDocument => ({
    ...document,
    trials: document.trials.map((trial, index) =>
      index < blocks
        ? { ...trial, warnings: [{ code, severity: 'void', message: 'it broke', advice: '' }] }
        : trial,
    ),
  });

  test.each([3, 5, 6])('in %d of 6 blocks of the new run alone is a regression', (blocks) => {
    const comparison = compareRuns(base, loses(run({ seed: 2 }), blocks), 0.05);
    expect(regressionsIn(comparison)).toMatchObject([{ change: { kind: 'broken' } }]);
    expect(comparison.cells.map((cell) => changeClause(cell, 0.05))).toEqual([
      `throughput was lost: in the new run, pool had no throughput in ${blocks} of 6 blocks (pool's numbers are void: it broke)`,
    ]);
  });

  test('is one whose trials fail, or whose p99 falls among requests without an answer', () => {
    const failed = base.trials.map((trial) => ({
      ...trial,
      status: 'failed' as const,
      reason: 'it exited',
    }));
    expect(changeOf(base, { ...base, trials: failed })?.kind).toBe('broken');
    const timed = run({ p50Ms: 3 });
    const trials = timed.trials.map((trial) => ({
      ...trial,
      measurements: trial.measurements.map((one) => ({
        ...one,
        requests: { ...one.requests, ok: one.requests.ok - 100, timeouts: 100 },
        responseTime: one.responseTime && { ...one.responseTime, p99Ms: null },
      })),
    }));
    expect(cellsOf(timed, { ...timed, trials }).map(({ change }) => change.kind)).toEqual([
      'unchanged',
      'broken',
    ]);
  });

  test('in a few blocks is neither better nor unchanged; worse stands', () => {
    expect(changeOf(base, loses(run({ seed: 2 }), 2))?.kind).toBe('not-compared');
    expect(changeOf(base, loses(run({ perSecond: 1300, seed: 2 }), 2))?.kind).toBe('not-compared');
    expect(changeOf(base, loses(run({ perSecond: 700, seed: 2 }), 2))?.kind).toBe('worse');
  });

  test('in the base run more often is no worse in the new one', () => {
    const broken = loses(base, 3);
    expect(changeOf(broken, run({ perSecond: 700, seed: 2 }))?.kind).toBe('not-compared');
    expect(changeOf(broken, run({ perSecond: 1300, seed: 2 }))?.kind).toBe('better');
    expect(changeOf(loses(base, 6), loses(base, 6))?.kind).toBe('not-compared');
  });

  test('is not one whose numbers are void for the load generator', () => {
    expect(changeOf(base, loses(base, 6, 'late-sends'))?.kind).toBe('not-compared');
  });
});

describe('conditions that differ', () => {
  const warningsAfter = (change: Partial<RunDocument>) =>
    compareRuns(base, { ...base, ...change }, 0.05).warnings;

  test('are none between runs of one machine', () => {
    expect(warningsAfter({})).toEqual([]);
  });

  test('are windows of another length', () => {
    const trials = base.trials.map((trial) => ({
      ...trial,
      measurements: trial.measurements.map((one) => ({ ...one, windowSeconds: 2 })),
    }));
    expect(warningsAfter({ trials })).toMatchObject([
      {
        code: 'other-windows',
        message: expect.stringMatching(
          /other lengths: closed loop on cpu: 5(\.00?)? s, now 2(\.00?)? s/,
        ),
      },
    ]);
  });

  test('are another machine, and other software', () => {
    const environment = { ...base.environment, cpusAvailable: 4, nodeVersion: 'v25.0.0' };
    expect(warningsAfter({ environment })).toMatchObject([
      {
        severity: 'warn',
        message: 'the runs were made on different machines: CPUs available: 2, now 4',
      },
      { severity: 'note', message: 'the runs also differ in Node.js: v24.0.0, now v25.0.0' },
    ]);
  });

  test('are load from other machines', () => {
    const loadWorkers = ['load1', 'load2'].map((name) => sampleLoadWorker({ name }));
    const trials = base.trials.map((trial) => ({
      ...trial,
      measurements: trial.measurements.map((one) => ({ ...one, loadWorkers })),
    }));
    expect(warningsAfter({ trials })).toMatchObject([
      {
        code: 'other-machine',
        message: expect.stringContaining('one machine, now 2 load workers'),
      },
    ]);
  });

  test('are another speed of the same machine', () => {
    const probe = (referenceLoopMs: number) => ({
      block: 0,
      referenceLoopMs,
      cpuPressureShare: 0,
      stealShare: 0,
    });
    const before = { ...base, noiseProbes: [probe(2), probe(2.02), probe(9)] };
    const after = { ...base, noiseProbes: [probe(2.2), probe(2.21), probe(2.3)] };
    expect(compareRuns(before, after, 0.05).warnings).toMatchObject([
      {
        code: 'other-speed',
        message:
          'a fixed computation took 9.4 % longer in the new run: the machine itself was slower',
      },
    ]);
  });
});

describe('the sentence', () => {
  const sentence = (next: RunDocument, from = base) =>
    cellsOf(from, next).map((cell) => changeClause(cell, 0.05))[0];

  test('says by how much it fell or rose', () => {
    const exact = run({ cv: 0.0001 });
    expect(sentence(run({ perSecond: 900, cv: 0.002, seed: 2 }), exact)).toMatch(
      /^throughput fell by (9.9|10.0|10.1|10.2) % \(9\.\d–10\.\d %\)$/,
    );
    expect(sentence(run({ perSecond: 1100, cv: 0.002, seed: 2 }), exact)).toMatch(
      /^throughput rose by (9.8|9.9|10.0|10.1) % \(9\.\d–10\.\d %\)$/,
    );
  });

  test('says that it is unchanged, or gives the interval', () => {
    expect(sentence(run({ seed: 2 }))).toBe('throughput changed by less than 5 %');
    expect(sentence(run({ perSecond: 960, cv: 0.1, seed: 2 }))).toMatch(
      /^throughput changed by −\d+ % to \+\d+ %; more blocks are needed$/,
    );
    expect(sentence(run({ cv: 3, blocks: 2, seed: 2 }))).toBe(
      'throughput may have changed by anything; more blocks are needed',
    );
    expect(sentence(run({ blocks: 1 }))).toBe(
      'throughput was not compared: the new run has only one block of it',
    );
  });
});
