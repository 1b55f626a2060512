import { percent } from '../format.ts';
import { meanOf, sumOf } from '../statistics/summary.ts';
import type { MeasurementGate } from './gate.ts';

/** A queue that grows by more than this share of the requests sent keeps growing. */
const largestGrowth = 0.05;
/** Below this share of the server's throughput in the closed loop, a growing queue has another cause. */
const nearCapacity = 0.9;
const fewestIntervals = 6;

/**
 * In an open loop that offers more than the server can handle, response time grows for as long as one measures. Where
 * the capacity is not known, the growth of the queue shows it; so it does at a rate proportional to the server's own
 * capacity, which may have fallen since it was measured.
 */
export const overloaded: MeasurementGate = {
  code: 'overloaded',
  severity: 'void',
  check: 'steady',
  blame: 'server',
  raisedWhen:
    "an open loop offered more than the closed loop served; or its queue grew by 5 % of the requests sent, near capacity or at a rate proportional to the server's own; where connections limited the closed loop (90 % of connections / wait), only the queue counts",
  test: ({ loop, rate, offeredPerSecond, intervals }, { capacityPerSecond }) => {
    if (loop === 'closed' || offeredPerSecond === null) return null;
    const utilisation = capacityPerSecond ? offeredPerSecond / capacityPerSecond : null;
    const sent = sumOf(intervals.map((interval) => interval.sent));
    const grows = growth(intervals.map(({ inFlight }) => inFlight)) > largestGrowth * sent;
    const isNear = rate === 'proportional' || (utilisation ?? 1) >= nearCapacity;
    if ((utilisation ?? 0) < 1 && !(grows && isNear)) return null;
    const share = utilisation === null ? '' : ` (${percent(utilisation)} of its capacity here)`;
    return {
      message: `overloaded at ${Math.round(offeredPerSecond)} requests/s${share}: requests arrived faster than they were answered, so response times grow with the length of the window`,
      advice: 'run again on a quieter machine, or use more --workers',
    };
  },
};

/**
 * Requests in flight in the last third of the window minus the first; a third is too long for a single burst to matter.
 */
function growth(inFlight: readonly number[]): number {
  if (inFlight.length < fewestIntervals) return 0;
  const third = Math.floor(inFlight.length / 3);
  return meanOf(inFlight.slice(-third)) - meanOf(inFlight.slice(0, third));
}
