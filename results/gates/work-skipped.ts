import type { Measurement, Pilot } from '../document/run-document.ts';
import { milliseconds } from '../format.ts';
import { type ClassDemand, demandOf } from '../statistics/queueing/demand.ts';
import { closedLoopBound } from '../statistics/queueing/formulas.ts';
import { largestTaperWeight } from '../statistics/taper.ts';
import type { Finding, GateContext, MeasurementGate } from './gate.ts';

type SingleRequest = Pilot['singleRequests'][number];

/** Timers count in whole ms and may fire one early. */
const timerErrorMs = 1.5;

/** The cost of a single request varies by this share; below this time it is mostly the cost of waking the server. */
const cpuTolerance = 0.2;
const shortestCpuSeconds = 0.001;

/** A machine may be up to twice as slow for a moment; a single answer that was faster still is an outlier. */
const mostSpeedUp = 0.5;

const advice = 'check that the server does all the work of every request and caches nothing';

/** No server that does the work answers before the requested wait is over. */
export const waitSkipped: MeasurementGate = {
  code: 'wait-skipped',
  severity: 'void',
  check: 'work',
  blame: 'server',
  raisedWhen: 'half of the answers arrive before the wait that was requested',
  test: skippedWaits,
};

function skippedWaits({ classes }: Measurement, { workload }: GateContext): Finding[] {
  return workload.classes.flatMap(({ name, waitMs }) => {
    const p50Ms = classes.find((one) => one.name === name)?.serviceTime.p50Ms ?? null;
    if (p50Ms === null || p50Ms >= waitMs - timerErrorMs) return [];
    return {
      message: `half of the ${name} requests were answered within ${milliseconds(p50Ms)}, but each requests a wait of ${milliseconds(waitMs)}: the server did less work than requested`,
      advice,
    };
  });
}

/** No server that does the work is faster than its connections and cores allow. */
export const aboveCeiling: MeasurementGate = {
  code: 'above-ceiling',
  severity: 'void',
  check: 'work',
  blame: 'server',
  raisedWhen:
    'throughput is above connections / wait, or 20 % above cores / CPU time of a single request (alone, at most what the fastest answer left time for; or in the open loops, if less) where that is 1 ms or more',
  test: (measurement, context) => {
    const { loop, connections, windowSeconds, throughputPerSecond } = measurement;
    if (loop === 'open' || skippedWaits(measurement, context).length > 0) return null;
    const ceiling = ceilingFor(measurement, context);
    // The window also counts answers to requests that were sent before it, with the largest weight at worst.
    const sentBefore = (largestTaperWeight * connections) / windowSeconds;
    if (throughputPerSecond <= ceiling + sentBefore) return null;
    return {
      message: `${Math.round(throughputPerSecond)} requests/s are more than these connections and cores allow (${Math.round(ceiling)}): the server did less work than requested`,
      advice,
    };
  },
};

function ceilingFor(measurement: Measurement, context: GateContext): number {
  const demand = demandOf(
    context.workload.classes.map((one) => demandOfClass(one, measurement, context)),
  );
  // A pilot on a busy machine makes a single request look expensive: a second witness has to agree.
  const cpuSeconds = Math.min(demand.cpu.meanSeconds, context.openLoopCpuSeconds ?? 0);
  const capacity =
    cpuSeconds > 0
      ? ((1 + cpuTolerance) * context.serverCores) / cpuSeconds
      : Number.POSITIVE_INFINITY;
  const waits = { ...demand, cpuAndWait: { meanSeconds: demand.waitSeconds, squaredVariation: 0 } };
  return closedLoopBound(measurement.connections, waits, capacity);
}

/** Weighted by the answers seen: a short window of a mix may have had more of the quicker requests. */
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
 * The CPU time of a single request, but no more than the fastest answer left time for beside the wait: if the pilot ran
 * while the machine was slow, later requests cost less than its mean.
 */
function leastCpuSeconds({ cpuSeconds, fastestMs }: SingleRequest, waitMs: number): number {
  const mean = cpuSeconds ?? 0;
  if (fastestMs === null) return mean;
  return Math.min(mean, Math.max(mostSpeedUp * mean, (fastestMs - waitMs) / 1000));
}
