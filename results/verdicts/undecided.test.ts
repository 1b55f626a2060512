import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Trial } from '../document/run-document.ts';
import { undecidedServers } from './undecided.ts';

const noise = (block: number, server: string) =>
  1 + 0.01 * Math.sin(block * 12.9898 + server.length * 78.233);
const blocksFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => first + index);

function closedTrials(server: string, perSecond: number, blocks = 5, from = 0): Trial[] {
  return blocksFrom(from, blocks).map((block) =>
    sampleTrial({ block, server }, [
      sampleClosedLoop({ throughputPerSecond: perSecond * noise(block, server) }),
    ]),
  );
}
const failed = (trial: Trial): Trial => ({ ...trial, status: 'failed', reason: 'it crashed' });
const skipped = (trial: Trial): Trial => ({ ...trial, status: 'skipped', reason: 'no Python' });
const disturbed = (trial: Trial): Trial => ({
  ...trial,
  warnings: [{ code: 'late-sends', severity: 'void', message: 'it was late', advice: '' }],
});

const servers = ['event-loop', 'pool', 'prefork'];
const undecidedIn = (plan: Parameters<typeof sampleDocument>[0], ...trials: readonly Trial[][]) =>
  [...undecidedServers(sampleDocument({ servers, ...plan }, trials.flat()))].map(
    ([workload, undecided]) => [workload, [...undecided.servers].toSorted()],
  );

describe('by throughput, a server is undecided', () => {
  const loop = closedTrials('event-loop', 600);

  test('until it differs from every other or is equivalent to it', () => {
    expect(undecidedIn({}, loop, closedTrials('pool', 1200), closedTrials('prefork', 900))).toEqual(
      [],
    );
    expect(
      undecidedIn({}, loop, closedTrials('pool', 1200), closedTrials('prefork', 1165)),
    ).toEqual([['cpu', ['pool', 'prefork']]]);
    expect(
      undecidedIn(
        {},
        closedTrials('event-loop', 600, 20),
        closedTrials('pool', 1200, 20),
        closedTrials('prefork', 1200, 20),
      ),
    ).toEqual([]);
  });

  test('with fewer than three blocks, however clear the difference', () => {
    const plan = { servers: ['pool', 'prefork'] };
    const after = (blocks: number) =>
      undecidedIn(plan, closedTrials('pool', 1200, blocks), closedTrials('prefork', 1, blocks));
    expect([0, 1, 2, 3].map((blocks) => after(blocks).length)).toEqual([1, 1, 1, 0]);
  });

  test('and soon decided where a few more blocks are enough by what was seen', () => {
    const soonIn = (noiseShare: number) => {
      const noisy = [1, 1 + noiseShare, 1 - noiseShare].flatMap((factor, block) => [
        ...closedTrials('pool', 700 * factor, 1, block),
        ...closedTrials('prefork', 600, 1, block),
      ]);
      const document = sampleDocument({ servers: ['pool', 'prefork'] }, noisy);
      return [...undecidedServers(document).values()].map(({ soon }) => [...soon]);
    };
    expect(soonIn(0.04)).toEqual([['pool', 'prefork']]);
    expect(soonIn(0.2)).toEqual([[]]);
  });

  test('not because of a difference that is too small for the run to claim', () => {
    const plan = { servers: ['pool', 'prefork'], smallestClaim: 0.1 };
    const pool = closedTrials('pool', 1060, 12);
    expect(undecidedIn(plan, pool, closedTrials('prefork', 1000, 12))).toEqual([]);
  });

  test('not where another workload is', () => {
    const workloads = ['cpu', 'io'].map((name) => sampleWorkload(name));
    const plan = { servers: ['pool', 'prefork'], workloads };
    expect(undecidedIn(plan, closedTrials('pool', 1200), closedTrials('prefork', 600))).toEqual([
      ['io', ['pool', 'prefork']],
    ]);
  });

  test('by the blocks that both have, once another has left the rotation', () => {
    const pool = closedTrials('pool', 1200, 12);
    const prefork = closedTrials('prefork', 1203, 12);
    expect(undecidedIn({}, loop, pool.slice(0, 5), prefork.slice(0, 5))).toEqual([
      ['cpu', ['pool', 'prefork']],
    ]);
    expect(undecidedIn({}, loop, pool, prefork)).toEqual([]);
  });
});

describe('a server without numbers', () => {
  const plan = { servers: ['pool', 'prefork'] };
  const pool = closedTrials('pool', 1200);
  const prefork = closedTrials('prefork', 600);

  const afterLosing = (lose: (trial: Trial) => Trial, blocks: number) =>
    undecidedIn(plan, pool.slice(0, blocks), prefork.map(lose).slice(0, blocks));
  const both = [['cpu', ['pool', 'prefork']]];

  test('is given up when it was skipped in its first two blocks', () => {
    expect(afterLosing(skipped, 1)).toEqual(both);
    expect(afterLosing(skipped, 2)).toEqual([['cpu', ['pool']]]);
  });

  test('is measured until it is sure that it fails where another does not', () => {
    expect(afterLosing(failed, 2)).toEqual(both);
    expect(afterLosing(failed, 3)).toEqual([]);
  });

  test.each([
    ['fails', failed],
    ['is skipped', skipped],
  ])('is given up when every other %s, too', (_, lose) => {
    expect(undecidedIn(plan, pool.map(lose), prefork.map(lose))).toEqual([]);
  });

  test('is not given up for what the machine did, nor for one block', () => {
    expect(undecidedIn(plan, pool, prefork.map(disturbed))).toEqual(both);
    const [first, ...others] = prefork.slice(0, 3);
    expect(undecidedIn(plan, pool, [failed(first as Trial)], others)).toEqual(both);
  });

  test('is decided by its other blocks: the failed one stays, whatever follows', () => {
    const [first, ...others] = pool;
    expect(undecidedIn(plan, [failed(first as Trial)], others, prefork)).toEqual([]);
  });
});

describe('with several classes of requests', () => {
  const plan = {
    servers: ['pool', 'prefork'],
    workloads: [sampleWorkload('cpu', ['light', 'heavy'])],
  };
  const { requests, throughputPerSecond, serviceTime } = sampleOpenLoop();
  const openTrials = (server: string, lightMs: number): Trial[] =>
    closedTrials(server, 1000).map((trial) => {
      const [closed = sampleClosedLoop()] = trial.measurements;
      const classes = [lightMs, 40].map((ms, index) => ({
        name: index === 0 ? 'light' : 'heavy',
        requests,
        throughputPerSecond,
        serviceTime,
        responseTime: sampleTimes(3000, ms * noise(trial.block, server)),
      }));
      return trial.block === 0 ? trial : sampleTrial(trial, [closed, sampleOpenLoop({ classes })]);
    });

  test('the response time of the first decides, and the others do not count', () => {
    expect(undecidedIn(plan, openTrials('pool', 7), openTrials('prefork', 150))).toEqual([]);
    expect(undecidedIn(plan, openTrials('pool', 7), openTrials('prefork', 7.15))).toHaveLength(1);
  });

  test('nothing is decided before there is an open loop', () => {
    expect(
      undecidedIn(plan, closedTrials('pool', 1200), closedTrials('prefork', 600)),
    ).toHaveLength(1);
  });
});

test('a server with nothing to be compared with stays in the rotation, unless it gives no numbers', () => {
  const pool = closedTrials('pool', 1200);
  expect(undecidedIn({ servers: ['pool'] }, pool)).toEqual([['cpu', ['pool']]]);
  expect(undecidedIn({ servers: ['pool'] }, pool.map(failed))).toEqual([]);
});
