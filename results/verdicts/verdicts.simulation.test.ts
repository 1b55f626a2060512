import { describe, expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Trial } from '../document/run-document.ts';
import { anytimeEvidence } from '../statistics/anytime-t-test.ts';
import { blockOrders } from '../statistics/block-order.ts';
import { differencePValue, type Estimate } from '../statistics/estimate.ts';
import { type Pair, pairedLogRatio } from '../statistics/log-ratio.ts';
import { type Random, seededRandom } from '../statistics/random.ts';
import { compareServers, usualStrictness } from './decide.ts';

/**
 * Runs of two servers, simulated: `ratio` is what is true, `cv` the noise of one trial, `drift` that of the machine
 * over the run.
 */
interface World {
  readonly ratio: number;
  readonly blocks: number;
  readonly cv: number;
  readonly drift?: number;
  readonly interleaved?: boolean;
}

const runs = 1500;

function simulateRun(world: World, random: Random): Pair[] {
  const { ratio, blocks, cv, drift = 0, interleaved = true } = world;
  const normal = normalDeviates(random);
  const orders = interleaved
    ? blockOrders(['a', 'b'], blocks, random).flat()
    : [...Array.from({ length: blocks }, () => 'a'), ...Array.from({ length: blocks }, () => 'b')];
  const values = { a: [] as number[], b: [] as number[] };
  for (const [index, server] of orders.entries()) {
    const machine = 1 - (drift * index) / (orders.length - 1);
    const value = (server === 'a' ? ratio : 1) * machine * (1 + cv * normal());
    values[server === 'a' ? 'a' : 'b'].push(value);
  }
  return values.a.map((a, block) => ({ a, b: values.b[block] ?? Number.NaN }));
}

const anytimePValue = (logRatio: Estimate) => 1 / anytimeEvidence(logRatio);
const isSignificant = (logRatio: Estimate) => anytimePValue(logRatio) < usualStrictness.alpha;

/** The share of simulated runs in which one of the two would be called faster if nothing else were compared. */
function claims(world: World): number {
  const random = seededRandom(1, JSON.stringify(world));
  const claimed = Array.from({ length: runs }, () => {
    const logRatio = pairedLogRatio(simulateRun(world, random));
    return logRatio !== null && isSignificant(logRatio);
  });
  return claimed.filter(Boolean).length / runs;
}

/** Three standard errors of a share near 5 % among so many runs. */
const chance = 3 * Math.sqrt((0.05 * 0.95) / runs);

describe('two names of one server', () => {
  test.each([3, 4, 5, 6, 8, 10])('differ after %d blocks in at most 5 %% of runs', (blocks) => {
    for (const cv of [0.01, 0.05]) {
      expect(claims({ ratio: 1, blocks, cv })).toBeLessThan(0.05 + chance);
    }
  });

  test.each([4, 6, 10])(
    'differ after %d blocks no more often while the machine slows by 5 %%',
    (blocks) => {
      for (const cv of [0.01, 0.05]) {
        expect(claims({ ratio: 1, blocks, cv, drift: 0.05 })).toBeLessThan(0.05 + chance);
      }
    },
  );

  test('would differ far more often if one came after the other', () => {
    const oneAfterTheOther = { ratio: 1, blocks: 8, cv: 0.01, drift: 0.05, interleaved: false };
    expect(claims(oneAfterTheOther)).toBeGreaterThan(0.25);
  });
});

describe('a difference', () => {
  test.each([
    [6, 0.01, 0.48],
    [6, 0.02, 0.08],
    [10, 0.01, 0.93],
    [10, 0.02, 0.22],
    [15, 0.01, 1],
    [15, 0.02, 0.47],
  ])('of 3 %% is found by %d blocks with a cv of %d in a share of %d', (blocks, cv, power) => {
    expect(Math.abs(claims({ ratio: 1.03, blocks, cv }) - power)).toBeLessThan(0.04);
  });

  test('of 5 % is found in 9 of 10 runs, by 6 blocks with a cv of 1 % and by 13 with one of 2 %', () => {
    expect(claims({ ratio: 1.05, blocks: 6, cv: 0.01 })).toBeGreaterThan(0.9);
    expect(claims({ ratio: 1.05, blocks: 13, cv: 0.02 })).toBeGreaterThan(0.9);
  });
});

describe('whole runs of three names of one server under three workloads', () => {
  const servers = ['one', 'two', 'three'];
  const workloads = ['io', 'cpu', 'mixed'].map((name) => sampleWorkload(name));

  function judgeRun(seed: number, blocks: number) {
    const normal = normalDeviates(seededRandom(seed, 'whole run'));
    const trials = Array.from({ length: blocks }, (_, block) =>
      workloads.flatMap((workload) =>
        servers.map((server) =>
          sampleTrial({ block, server, workload: workload.name }, [
            sampleClosedLoop({ throughputPerSecond: 1000 * (1 + 0.02 * normal()), intervals: [] }),
          ]),
        ),
      ),
    ).flat();
    return compareServers(sampleDocument({ servers, workloads }, trials));
  }

  test('contain a false claim in about one of twenty, with nine comparisons each', () => {
    const judged = Array.from({ length: 60 }, (_, seed) => judgeRun(seed, 5));
    const wrong = judged.filter((all) => all.some(({ verdict }) => verdict.kind === 'faster'));
    expect(judged[0]).toHaveLength(9);
    expect(wrong.length / judged.length).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / 60));
  });
});

describe('a run that repeats a trial in each block', () => {
  const cv = 0.02;

  /** The share of simulated runs in which "a", `ratio` times as fast as "b", is found to be faster. */
  function claimsOfRuns(ratio: number, blocks: number): number {
    const normal = normalDeviates(seededRandom(1, `repeats ${ratio} ${blocks}`));
    const trial = (
      block: number,
      server: string,
      level: number,
      purpose: Trial['purpose'] = 'comparison',
    ) =>
      sampleTrial({ block, server, purpose }, [
        sampleClosedLoop({
          throughputPerSecond: 1000 * level * (1 + cv * normal()),
          intervals: [],
        }),
      ]);
    const judged = Array.from({ length: 400 }, () => {
      const trials = Array.from({ length: blocks }, (_, block) => [
        trial(block, 'a', ratio),
        trial(block, 'b', 1),
        trial(block, 'b', 1, 'control'),
      ]).flat();
      return compareServers(sampleDocument({ servers: ['a', 'b'] }, trials))[0]?.verdict.kind;
    });
    return judged.filter((kind) => kind === 'faster').length / judged.length;
  }

  test.each([
    [6, 0.31],
    [9, 0.66],
  ])('keeps its rate of false claims and its power with %d blocks', (blocks, power) => {
    expect(claimsOfRuns(1, blocks)).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / 400));
    expect(Math.abs(claimsOfRuns(1.05, blocks) - power)).toBeLessThan(0.05);
  });
});

describe('a run of at most 12 blocks that stops as soon as a difference is significant', () => {
  /** The share of false claims when runs are judged after every block from the third on. */
  function falseClaims(pValueOf: (logRatio: Estimate) => number) {
    const random = seededRandom(1, 'stopping');
    const claimed = Array.from({ length: runs }, () => {
      const pairs = simulateRun({ ratio: 1, blocks: 12, cv: 0.015 }, random);
      return pairs.some((_, last) => {
        const logRatio = last >= 2 ? pairedLogRatio(pairs.slice(0, last + 1)) : null;
        return logRatio !== null && pValueOf(logRatio) < usualStrictness.alpha;
      });
    });
    return claimed.filter(Boolean).length / runs;
  }

  test('has no more false claims than it should', () => {
    expect(falseClaims(anytimePValue)).toBeLessThan(0.025);
  });

  test('would have far more by the usual t-test', () => {
    expect(falseClaims(differencePValue)).toBeGreaterThan(0.12);
  });
});
