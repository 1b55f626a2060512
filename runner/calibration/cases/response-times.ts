import { arrivalSchedule } from '../../load/open-loop/arrival-schedule.ts';
import { checkOutcomes, checkTimes } from '../check.ts';
import {
  exponentialTimes,
  quantileOf,
  queueResponseTimes,
  stalledQuantile,
} from '../known-times.ts';
import type { CalibrationCase } from '../rig.ts';

/** The same time for each request: the easiest case, and the only one in which a closed loop can measure times. */
const constantDelay: CalibrationCase = {
  name: 'constant delay of 100 ms',
  behaviour: { kind: 'delay', ms: 100 },
  async measure(rig) {
    const known = { p50Ms: 100, p99Ms: 100, p999Ms: 100 };
    const connections = 64;
    const closed = await rig.runClosed({ connections, warmupSeconds: 1, windowSeconds: 4 });
    const open = await rig.runOpen({ ratePerSecond: 500, warmupSeconds: 1, windowSeconds: 4 });
    const capacity = connections / 0.1;
    return [
      {
        generator: 'closed loop',
        quantity: 'throughput',
        unit: 'req/s',
        expected: capacity,
        measured: closed.throughputPerSecond,
        tolerance: 0.01 * capacity,
      },
      ...checkTimes('closed loop', 'service time', closed.serviceTime, known),
      checkOutcomes('closed loop', closed),
      ...checkTimes('open loop', 'service time', open.serviceTime, known),
      ...checkTimes('open loop', 'response time', open.responseTime, known),
      checkOutcomes('open loop', open),
    ];
  },
};

/** Invisible to a generator that waits for each response before it sends again (coordinated omission). */
const periodicStall: CalibrationCase = {
  name: 'stall of 200 ms in every 2 s',
  behaviour: { kind: 'stall', stallMs: 200, everyMs: 2000 },
  async measure(rig) {
    const result = await rig.runOpen({
      ratePerSecond: 500,
      arrivals: 'uniform',
      warmupSeconds: 1,
      windowSeconds: 8,
    });
    const quantile = (q: number) => stalledQuantile(q, 200, 2000);
    const known = { p50Ms: quantile(0.5), p99Ms: quantile(0.99), p999Ms: quantile(0.999) };
    return [
      ...checkTimes('open loop', 'response time', result.responseTime, known),
      checkOutcomes('open loop', result),
    ];
  },
};

const queue = { kind: 'queue', meanMs: 20, seed: 11 } as const;
const arrivals = { ratePerSecond: 30, arrivals: 'poisson', seed: 5 } as const;
const queueWarmupSeconds = 1;
const queueWindowSeconds = 15;

/**
 * M/M/1 at 60 % load. The arrivals are the generator's own schedule and the service times the server's own, so the
 * expected times are those of this sample, not those of the average queue.
 */
const exponentialQueue: CalibrationCase = {
  name: 'queue with exponential service times, 60 % load',
  behaviour: queue,
  async measure(rig) {
    const result = await rig.runOpen({
      ...arrivals,
      warmupSeconds: queueWarmupSeconds,
      windowSeconds: queueWindowSeconds,
    });
    const times = queueTimes();
    const known = {
      p50Ms: quantileOf(times, 0.5),
      p95Ms: quantileOf(times, 0.95),
      p99Ms: quantileOf(times, 0.99),
    };
    return [
      ...checkTimes('open loop', 'response time', result.responseTime, known),
      checkOutcomes('open loop', result),
    ];
  },
};

function queueTimes(): number[] {
  const seconds = queueWarmupSeconds + queueWindowSeconds;
  const { offsetsMs } = arrivalSchedule({ ...arrivals, seconds, weights: [1] });
  const times = queueResponseTimes(offsetsMs, exponentialTimes(queue.meanMs, queue.seed));
  return times.filter((_, index) => (offsetsMs[index] ?? 0) >= queueWarmupSeconds * 1000);
}

/** One request in a hundred is slow. p99 lies on the edge between the two times and is not checked. */
const twoModes: CalibrationCase = {
  name: '10 ms, and 200 ms for 1 % of requests',
  behaviour: { kind: 'delay', ms: 10, slow: { every: 100, ms: 200 } },
  async measure(rig) {
    const result = await rig.runOpen({ ratePerSecond: 500, warmupSeconds: 1, windowSeconds: 6 });
    const known = { p50Ms: 10, p95Ms: 10, p999Ms: 200 };
    return [
      ...checkTimes('open loop', 'response time', result.responseTime, known),
      checkOutcomes('open loop', result),
    ];
  },
};

export const responseTimeCases: readonly CalibrationCase[] = [
  constantDelay,
  periodicStall,
  exponentialQueue,
  twoModes,
];
