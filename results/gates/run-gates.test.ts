import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Measurement, NoiseProbe, RunDocument } from '../document/run-document.ts';
import { seededRandom } from '../statistics/random.ts';
import { runWarnings } from './gates.ts';

const quiet: NoiseProbe = { block: 0, referenceLoopMs: 2, cpuPressureShare: 0.01, stealShare: 0 };
const withProbes = (...changes: Partial<NoiseProbe>[]) =>
  runWarnings({
    ...sampleDocument({}, []),
    noiseProbes: [quiet, ...changes.map((change) => ({ ...quiet, ...change }))],
  });

/** Two servers, the second at half the first's throughput, over blocks on a machine that drifts. */
function driftingRun(drift: number, seed: number, cv = 0.01, blocks = 8) {
  const normal = normalDeviates(seededRandom(seed, 'drift'));
  return sampleDocument(
    {},
    Array.from({ length: blocks }, (_, block) =>
      ['pool', 'prefork'].map((server, index) =>
        sampleTrial({ block, server }, [
          sampleClosedLoop({
            throughputPerSecond:
              (1000 / (1 + index)) * (1 - (drift * block) / (blocks - 1)) * (1 + cv * normal()),
          }),
        ]),
      ),
    ).flat(),
  );
}
const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const driftIn = (document: RunDocument) =>
  runWarnings(document).filter(({ code }) => code === 'drift');
const flagged = (drift: number, cv: number) =>
  seeds.filter((seed) => driftIn(driftingRun(drift, seed, cv)).length > 0).length;

describe('the machine', () => {
  test('is quiet when its noise probes are alike', () => {
    expect(withProbes({ referenceLoopMs: 2.08 }, { cpuPressureShare: 0.09 })).toEqual([]);
    expect(withProbes({ cpuPressureShare: null, stealShare: null })).toEqual([]);
    expect(runWarnings(sampleDocument({}, []))).toEqual([]);
  });

  test('is noisy when a probe takes longer, has to wait or loses CPU time, and the warning says which', () => {
    const stolen = { cpuPressureShare: 0.595, stealShare: 0.03 };
    const [warning] = withProbes({ referenceLoopMs: 2.2, ...stolen }, stolen);
    expect(warning).toMatchObject({ code: 'noisy-host', severity: 'warn' });
    expect(warning?.message).toBe(
      'between trials, a fixed computation took up to 10 % longer; programs waited for a CPU 40 % of the time; 2 % of CPU time went to other virtual machines: the numbers vary more than the servers do',
    );
  });

  test('is not noisy for one moment: pressure is a mean over all probes', () => {
    expect(withProbes({ cpuPressureShare: 0.15 })).toEqual([]);
    expect(withProbes({ cpuPressureShare: 0.25 })).toHaveLength(1);
    expect(withProbes({ cpuPressureShare: 0.15 }, { cpuPressureShare: null })).toEqual([]);
    expect(withProbes({ cpuPressureShare: 0.25 }, { cpuPressureShare: null })).toHaveLength(1);
  });
});

test('fewer connections than four per worker raise a note; how many a custom server runs is unknown', () => {
  const withConnections = (connections: number, workers: number | null) => {
    const { plan, ...rest } = sampleDocument({}, []);
    const servers = plan.servers.map((server, index) =>
      index === 1 ? { ...server, workers } : server,
    );
    return runWarnings({ ...rest, plan: { ...plan, connections, servers } });
  };
  expect(withConnections(20, 5)).toEqual([]);
  expect(withConnections(8, null)).toEqual([]);
  expect(withConnections(19, 5)).toMatchObject([
    {
      code: 'few-connections',
      severity: 'note',
      message:
        '19 connections are fewer than 4 per worker (prefork has 5 workers): some workers may have been idle, so throughput may be below capacity',
      advice: 'use at least 20 --connections',
    },
  ]);
});

describe('drift over a run', () => {
  test('is seen when all servers become slower together', () => {
    expect(driftIn(driftingRun(0.1, 1))).toMatchObject([{ code: 'drift', severity: 'warn' }]);
    expect(driftIn(driftingRun(0.1, 1))[0]?.message).toMatch(/became (9|10|11)\.?\d* % slower/);
    expect(flagged(0.1, 0.01)).toBeGreaterThan(195);
  });

  test('is not seen in noise alone', () => {
    expect(flagged(0, 0.01)).toBe(0);
    expect(flagged(0, 0.05)).toBeLessThanOrEqual(5);
  });

  test('is not looked for in fewer than four blocks', () => {
    expect(driftIn(driftingRun(0.2, 1, 0.001, 3))).toEqual([]);
    expect(driftIn(driftingRun(0.2, 1, 0.001, 4))).toHaveLength(1);
  });

  test('is not inferred from a block that lacks a server', () => {
    const { trials, ...rest } = driftingRun(0, 1, 0);
    const lacking = trials.filter(({ block, server }) => block < 4 || server === 'pool');
    expect(driftIn({ ...rest, trials: lacking })).toEqual([]);
  });
});

describe('CPU time per request', () => {
  const run = (
    cpuSeconds: readonly number[],
    change: Partial<Measurement> = {},
    classes = ['cpu'],
  ) =>
    runWarnings(
      sampleDocument(
        { workloads: [sampleWorkload('cpu', classes)] },
        cpuSeconds.map((seconds, block) => {
          const { server } = sampleClosedLoop();
          const measured = { server: { ...server, cpuSeconds: seconds }, ...change };
          return sampleTrial({ block }, [sampleClosedLoop(measured)]);
        }),
      ),
    ).map(({ code }) => code);

  test('that varies from block to block says that the machine was not quiet', () => {
    expect(run([5, 5.5, 6.2])).toEqual([]);
    expect(run([5, 5.5, 6.3])).toEqual(['cpu-time-varies']);
    expect(run([5, 6.3])).toEqual([]);
  });

  test('that rises by a third in one block of six says so', () => {
    expect(run([5, 5, 5, 5, 5, 6.67])).toEqual(['cpu-time-varies']);
  });

  test('says so with both costs', () => {
    const trials = [5, 5, 7].map((cpuSeconds, block) => {
      const { server } = sampleClosedLoop();
      return sampleTrial({ block }, [sampleClosedLoop({ server: { ...server, cpuSeconds } })]);
    });
    expect(runWarnings(sampleDocument({}, trials))[0]?.message).toMatch(
      /^a cpu request cost pool 1 to 1\.4 ms of CPU time, depending on the block/,
    );
  });

  test('may vary where requests wait, are few or differ', () => {
    expect(run([1, 1.5, 2])).toEqual([]);
    const few = { ...sampleClosedLoop().requests, sent: 99, ok: 99 };
    expect(run([5, 5, 7], { requests: few })).toEqual([]);
    expect(run([5, 5, 7], {}, ['light', 'heavy'])).toEqual([]);
  });
});

describe('requests that should cost the same CPU time', () => {
  const demand = {
    server: 'prefork',
    workload: 'cpu',
    class: 'cpu',
    parameters: { n: 0, times: 1 },
    path: '/cpu?n=0',
    targetCpuSeconds: 0.001,
    cpuSeconds: 0.0014,
    reason: null,
  };
  const warningsFor = (change: object) =>
    runWarnings({ ...sampleDocument({}, []), calibratedRequests: [{ ...demand, ...change }] });

  test('raise no warning where they do', () => {
    expect(warningsFor({})).toEqual([]);
  });

  test('raise a warning with both costs and the reason where they do not', () => {
    expect(warningsFor({ reason: 'it computes nothing' })).toMatchObject([
      {
        code: 'unequal-cpu-time',
        severity: 'warn',
        message:
          'a cpu request costs prefork 1.4 ms of CPU time instead of 1 ms (it computes nothing): its numbers include that difference',
      },
    ]);
  });

  test('raise a warning with the reason where their cost is unknown', () => {
    expect(warningsFor({ cpuSeconds: null, reason: 'it died' })[0]?.message).toBe(
      'the CPU time of a cpu request on prefork is unknown (it died): its numbers include that difference',
    );
  });
});
