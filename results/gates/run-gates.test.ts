import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import type { NoiseProbe } from '../document/run-document.ts';
import { seededRandom } from '../statistics/random.ts';
import { warningsAboutRun } from './run-gates.ts';

const quiet: NoiseProbe = { block: 0, referenceLoopMs: 2, cpuPressureShare: 0.01, stealShare: 0 };
const withCanaries = (...changes: Partial<NoiseProbe>[]) =>
  warningsAboutRun({
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
const flagged = (drift: number, cv: number) =>
  seeds.filter((seed) => warningsAboutRun(driftingRun(drift, seed, cv)).length > 0).length;

describe('the machine', () => {
  test('is quiet when its noiseProbes are alike', () => {
    expect(withCanaries({ referenceLoopMs: 2.08 }, { cpuPressureShare: 0.09 })).toEqual([]);
    expect(withCanaries({ cpuPressureShare: null, stealShare: null })).toEqual([]);
    expect(warningsAboutRun(sampleDocument({}, []))).toEqual([]);
  });

  test('is noisy when one takes longer, has to wait or is robbed, and the warning says which', () => {
    const robbed = { cpuPressureShare: 0.595, stealShare: 0.03 };
    const [warning] = withCanaries({ referenceLoopMs: 2.2, ...robbed }, robbed);
    expect(warning).toMatchObject({ code: 'noisy-host', severity: 'warn' });
    expect(warning?.message).toBe(
      'the machine was not quiet between trials: a fixed computation took up to 10 % longer; programs waited for a CPU 40 % of the time; 2 % of CPU time went to other guests',
    );
  });

  test('is not noisy for a moment of it: what one canary met is shared by all', () => {
    expect(withCanaries({ cpuPressureShare: 0.15 })).toEqual([]);
    expect(withCanaries({ cpuPressureShare: 0.25 })).toHaveLength(1);
    expect(withCanaries({ cpuPressureShare: 0.15 }, { cpuPressureShare: null })).toEqual([]);
    expect(withCanaries({ cpuPressureShare: 0.25 }, { cpuPressureShare: null })).toHaveLength(1);
  });
});

describe('drift over a run', () => {
  test('is seen when all servers become slower together', () => {
    expect(warningsAboutRun(driftingRun(0.1, 1))).toMatchObject([
      { code: 'drift', severity: 'warn' },
    ]);
    expect(warningsAboutRun(driftingRun(0.1, 1))[0]?.message).toMatch(
      /became (9|10|11)\.?\d* % slower/,
    );
    expect(flagged(0.1, 0.01)).toBeGreaterThan(195);
  });

  test('is not seen in mere noise', () => {
    expect(flagged(0, 0.01)).toBe(0);
    expect(flagged(0, 0.05)).toBeLessThanOrEqual(5);
  });

  test('is not looked for in fewer than four blocks', () => {
    expect(warningsAboutRun(driftingRun(0.2, 1, 0.001, 3))).toEqual([]);
    expect(warningsAboutRun(driftingRun(0.2, 1, 0.001, 4))).toHaveLength(1);
  });

  test('is not made up by a block that lacks a server', () => {
    const { trials, ...rest } = driftingRun(0, 1, 0);
    const lacking = trials.filter(({ block, server }) => block < 4 || server === 'pool');
    expect(warningsAboutRun({ ...rest, trials: lacking })).toEqual([]);
  });
});

describe('calibratedRequests', () => {
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
  const doubts = (change: object) =>
    warningsAboutRun({ ...sampleDocument({}, []), calibratedRequests: [{ ...demand, ...change }] });

  test('that were met raise no doubt', () => {
    expect(doubts({})).toEqual([]);
  });

  test('that could not be met are told with both costs, and the reason', () => {
    expect(doubts({ reason: 'it computes nothing' })).toMatchObject([
      {
        code: 'unequal-demand',
        severity: 'warn',
        message:
          'a request of cpu costs prefork 1.40 ms of CPU time, not 1.00 ms: it computes nothing',
      },
    ]);
  });

  test('that could not be measured are told with the reason', () => {
    expect(doubts({ cpuSeconds: null, reason: 'it died' })[0]?.message).toBe(
      'it is not known what a request of cpu costs prefork: it died',
    );
  });
});
