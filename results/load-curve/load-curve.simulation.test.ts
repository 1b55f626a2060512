import { expect, test } from '@jest/globals';
import {
  sampleDocument,
  sampleGateContext,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import {
  exponential,
  type Queue,
  simulatedClosedLoop,
  simulatedOpenLoop,
  withOverloadWarning,
} from '../../test/simulated-queue.ts';
import { type Random, seededRandom } from '../statistics/random.ts';
import { medianOf } from '../statistics/summary.ts';
import { loadCurvesOf } from './load-curve.ts';
import type { LoadLimit } from './load-limit.ts';

const capacity = 200;
const queues: Readonly<Record<string, Queue>> = {
  'one server with exponential service': {
    workers: 1,
    serviceTime: (random) => exponential(random, 1 / capacity),
  },
  'two servers with exponential service': {
    workers: 2,
    serviceTime: (random) => exponential(random, 2 / capacity),
  },
  'ten workers that wait': {
    workers: 10,
    serviceTime: (random) => (9.9 + 0.2 * random()) / capacity,
  },
};

const shares = [0.3, 0.5, 0.7, 0.85, 0.95, 1.1];
const blocks = 6;
const perBlock = 3;
const seconds = 5;

/** A run whose load curve is spread over the blocks: each has half of the loads. */
function runOf(queue: Queue, belowMs: number, random: Random) {
  const trials = Array.from({ length: blocks }, (_, block) => {
    const closed = simulatedClosedLoop(queue, seconds, random);
    const { throughputPerSecond } = closed;
    const context = sampleGateContext({
      capacityPerSecond: throughputPerSecond,
      servedPerSecond: throughputPerSecond,
    });
    const curve = Array.from({ length: perBlock }, (__, index) => {
      const share = shares[(block * perBlock + index) % shares.length] ?? 1;
      return withOverloadWarning(
        simulatedOpenLoop(queue, share * capacity, seconds, random),
        context,
      );
    });
    return { ...sampleTrial({ block }, [closed]), curve };
  });
  const objectives = [{ class: null, percentile: 'p95' as const, belowMs }];
  const workload = { ...sampleWorkload(), objectives };
  const document = sampleDocument({ servers: ['pool'], workloads: [workload] }, trials);
  const [curve] = document.plan.workloads.flatMap((one) => loadCurvesOf(document, one).servers);
  const [found] = curve?.objectives ?? [];
  if (!curve || !found) throw new Error('no curve');
  return { saturation: curve.saturation, capacity: found.capacity };
}

/** The p95 response time at a share of the capacity, from one long window. */
function p95At(queue: Queue, share: number): number {
  const long = simulatedOpenLoop(queue, share * capacity, 4000, seededRandom(7, 'truth'));
  return long.responseTime?.p95Ms ?? Number.NaN;
}

const runs = 15;

interface Found {
  readonly limit: LoadLimit;
  readonly truth: number;
}

const errorsOf = (found: readonly Found[]) =>
  found.map(({ limit, truth }) =>
    Math.abs(limit.kind === 'measured' ? limit.perSecond / truth - 1 : 1),
  );

/** The share of intervals that contain the truth. */
const coverageOf = (found: readonly Found[]) =>
  found.filter(({ limit, truth }) => {
    const interval = limit.kind === 'measured' ? limit.interval : null;
    return interval !== null && interval.low <= truth && truth <= interval.high;
  }).length / found.length;

test('saturation and capacity under an objective are right within 3 % and 5 %, and their intervals in 9 of 10 runs', () => {
  const all = Object.entries(queues).flatMap(([name, queue]) =>
    [0.6, 0.8].map((share) => {
      const belowMs = p95At(queue, share);
      const random = seededRandom(1, `${name} ${share}`);
      return { share, found: Array.from({ length: runs }, () => runOf(queue, belowMs, random)) };
    }),
  );
  const capacities = all.map(({ share, found }) =>
    found.map(({ capacity: limit }): Found => ({ limit, truth: share * capacity })),
  );
  const saturations = all.flatMap(({ found }) =>
    found.map(({ saturation: limit }): Found => ({ limit, truth: capacity })),
  );
  for (const found of capacities) expect(medianOf(errorsOf(found))).toBeLessThan(0.05);
  const within = errorsOf(saturations).filter((error) => error < 0.03);
  expect(within.length / saturations.length).toBeGreaterThanOrEqual(0.95);
  expect(coverageOf(capacities.flat())).toBeGreaterThanOrEqual(0.9);
  expect(coverageOf(saturations)).toBeGreaterThanOrEqual(0.9);
});
