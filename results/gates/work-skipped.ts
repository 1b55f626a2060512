import type { Measurement, Pilot, Warning } from '../document/run-document.ts';
import { milliseconds } from '../format.ts';
import { closedLoopBound } from '../statistics/queueing/closed-loop.ts';
import { type ClassDemand, demandOf } from '../statistics/queueing/demand.ts';
import type { Gate, GateContext } from './gate.ts';

type SingleRequest = Pilot['singleRequests'][number];

/** Timers count in whole ms, and may be one early. */
const timerErrorMs = 1.5;

/** What a single request costs varies by so much, and is not known below this: alone, it pays for waking the server. */
const cpuTolerance = 0.2;
const shortestCpuSeconds = 0.001;

/** A machine has moments in which it is up to twice as slow; one answer that was faster yet is a freak. */
const mostSpeedUp = 0.5;

const advice = 'see whether the server does all the work, on every request: nothing may be cached';

/**
 * Nothing that keeps the contract answers before the wait that a request asks for, or computes faster than
 * all the cores it may use.
 */
export const workSkipped: Gate = (measurement, context) => {
  const early = earlyAnswers(measurement, context);
  if (early.length > 0 || measurement.loop === 'open') return early;
  const ceiling = ceilingFor(measurement, context);
  // The window also counts answers to requests that were sent before it.
  const allowed = ceiling + measurement.connections / measurement.windowSeconds;
  if (measurement.throughputPerSecond <= allowed) return [];
  return [
    {
      code: 'above-ceiling',
      severity: 'void',
      message: `${Math.round(measurement.throughputPerSecond)} requests/s are more than can be done here (${Math.round(ceiling)})`,
      advice,
    },
  ];
};

function earlyAnswers({ classes }: Measurement, { workload }: GateContext): Warning[] {
  return workload.classes.flatMap(({ name, waitMs }): Warning[] => {
    const p50Ms = classes.find((one) => one.name === name)?.serviceTime.p50Ms ?? null;
    if (p50Ms === null || p50Ms >= waitMs - timerErrorMs) return [];
    return [
      {
        code: 'wait-skipped',
        severity: 'void',
        message: `half of the ${name} requests were answered within ${milliseconds(p50Ms)}, though each asks to wait for ${milliseconds(waitMs)}`,
        advice,
      },
    ];
  });
}

function ceilingFor(measurement: Measurement, context: GateContext): number {
  const demand = demandOf(
    context.workload.classes.map((one) => demandOfClass(one, measurement, context)),
  );
  const cpuSeconds = demand.cpu.meanSeconds;
  const capacity =
    cpuSeconds > 0
      ? ((1 + cpuTolerance) * context.serverCores) / cpuSeconds
      : Number.POSITIVE_INFINITY;
  const waits = { ...demand, cpuAndWait: { meanSeconds: demand.waitSeconds, squaredVariation: 0 } };
  return closedLoopBound(measurement.connections, waits, capacity);
}

/** In the proportions that were answered: a short window of a mix may have had more of the quicker ones. */
function demandOfClass(
  { name, weight, waitMs }: GateContext['workload']['classes'][number],
  { classes, requests }: Measurement,
  { pilot }: GateContext,
): ClassDemand {
  const alone = pilot?.singleRequests.find((single) => single.class === name);
  const cpuSeconds = alone ? leastCpuSeconds(alone, waitMs) : 0;
  const answered = classes.find((one) => one.name === name)?.requests.ok;
  return {
    weight: requests.ok > 0 ? (answered ?? weight) : weight,
    cpuSeconds: cpuSeconds >= shortestCpuSeconds ? cpuSeconds : 0,
    waitSeconds: waitMs / 1000,
  };
}

/**
 * No more than the fastest answer left time for, beside the wait: in a slow moment of the machine all requests alone
 * may cost more than they do later on.
 */
function leastCpuSeconds({ cpuSeconds, fastestMs }: SingleRequest, waitMs: number): number {
  const mean = cpuSeconds ?? 0;
  if (fastestMs === null) return mean;
  return Math.min(mean, Math.max(mostSpeedUp * mean, (fastestMs - waitMs) / 1000));
}
