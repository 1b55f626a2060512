import type { LoadResult, OpenLoad } from '../../load/load.ts';
import { arrivalSchedule } from '../../load/open-loop/arrival-schedule.ts';
import { checkOutcomes, checkTimes, type KnownTimes, networkMs } from '../check.ts';
import {
  type Behaviour,
  exponentialTimes,
  quantileOf,
  queueResponseTimes,
  stalledQuantile,
} from '../known-times.ts';
import type { CalibrationCase } from '../rig.ts';

const checkOpenLoop = (result: LoadResult, known: KnownTimes) => [
  ...checkTimes('open loop', 'response time', result.responseTime, known, networkMs(result)),
  checkOutcomes('open loop', result),
];

/** A case in which the response times of an open loop are known. */
const openLoopCase = (
  name: string,
  behaviour: Behaviour,
  load: Pick<OpenLoad, 'ratePerSecond' | 'windowSeconds'> & Partial<OpenLoad>,
  known: KnownTimes,
): CalibrationCase => ({
  name,
  behaviour,
  measure: async (rig) => checkOpenLoop(await rig.runOpen({ warmupSeconds: 1, ...load }), known),
});

/** The same time for each request: the easiest case, and the only one in which a closed loop can measure times. */
const constantDelay: CalibrationCase = {
  name: 'constant delay of 100 ms',
  behaviour: { kind: 'delay', ms: 100 },
  async measure(rig) {
    const known = { p50Ms: 100, p99Ms: 100, p999Ms: 100 };
    const connections = 64;
    const closed = await rig.runClosed({ connections, warmupSeconds: 1, windowSeconds: 4 });
    const open = await rig.runOpen({ ratePerSecond: 500, warmupSeconds: 1, windowSeconds: 4 });
    const capacity = connections / (0.1 + networkMs(closed) / 1000);
    return [
      {
        generator: 'closed loop',
        quantity: 'throughput',
        unit: 'req/s',
        expected: capacity,
        measured: closed.throughputPerSecond,
        tolerance: 0.01 * capacity,
      },
      ...checkTimes('closed loop', 'service time', closed.serviceTime, known, networkMs(closed)),
      checkOutcomes('closed loop', closed),
      ...checkTimes('open loop', 'service time', open.serviceTime, known, networkMs(open)),
      ...checkOpenLoop(open, known),
    ];
  },
};

/** Invisible to a generator that waits for each response before it sends again (coordinated omission). */
const periodicStall = openLoopCase(
  'stall of 200 ms in every 2 s',
  { kind: 'stall', stallMs: 200, everyMs: 2000 },
  { ratePerSecond: 500, arrivals: 'uniform', windowSeconds: 8 },
  {
    p50Ms: stalledQuantile(0.5, 200, 2000),
    p99Ms: stalledQuantile(0.99, 200, 2000),
    p999Ms: stalledQuantile(0.999, 200, 2000),
  },
);

const queue = { kind: 'queue', meanMs: 20, seed: 11 } as const;
const queueLoad = { ratePerSecond: 30, arrivals: 'poisson', seed: 5, windowSeconds: 15 } as const;

/**
 * M/M/1 at 60 % load. The arrivals are the generator's own schedule and the service times the server's own, so the
 * expected times are those of this sample, not those of the average queue.
 */
function exponentialQueue(): CalibrationCase {
  const { offsetsMs } = arrivalSchedule({ ...queueLoad, warmupSeconds: 1, weights: [1] });
  const times = queueResponseTimes(offsetsMs, exponentialTimes(queue.meanMs, queue.seed));
  const inWindow = times.filter((_, index) => (offsetsMs[index] ?? 0) >= 1000);
  return openLoopCase('queue with exponential service times, 60 % load', queue, queueLoad, {
    p50Ms: quantileOf(inWindow, 0.5),
    p95Ms: quantileOf(inWindow, 0.95),
    p99Ms: quantileOf(inWindow, 0.99),
  });
}

/** One request in a hundred is slow. p99 lies on the edge between the two times and is not checked. */
const twoModes = openLoopCase(
  '10 ms, and 200 ms for 1 % of requests',
  { kind: 'delay', ms: 10, slow: { every: 100, ms: 200 } },
  { ratePerSecond: 500, windowSeconds: 6 },
  { p50Ms: 10, p95Ms: 10, p999Ms: 200 },
);

export const responseTimeCases: readonly CalibrationCase[] = [
  constantDelay,
  periodicStall,
  exponentialQueue(),
  twoModes,
];
