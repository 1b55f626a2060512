import type { Measurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { differencePValue, meanEstimate } from '../statistics/estimate.ts';
import { meanOf, sumOf } from '../statistics/summary.ts';
import type { GateContext, MeasurementGate } from './gate.ts';

/** A queue that grows by more than this share of the requests sent keeps growing. */
const largestGrowth = 0.05;
/** A queue that climbs by this many times the square root of the requests sent has not reached a steady length. */
const climbInRoots = 0.5;
/** Below this share of the server's throughput in the closed loop, a growing queue has another cause. */
const nearCapacity = 0.9;
const fewestIntervals = 6;
/** Of growth that is a burst of arrivals, in one direction. */
const mostFalseAlarms = 0.001;

/**
 * In an open loop that offers more than the server can handle, response time grows for as long as one measures. Where
 * the capacity is not known, the growth of the queue shows it; so it does at a rate proportional to the server's own
 * capacity, which may have fallen since it was measured.
 */
export const overloaded: MeasurementGate = {
  code: 'overloaded',
  severity: 'void',
  check: 'load',
  blame: 'server',
  raisedWhen:
    "an open loop offered more than the closed loop served; or its queue grew near capacity (90 %), by 5 % of the requests sent or without an end in sight, or significantly (p < 0.001) where the capacity is unknown (connections or other programs limited the closed loop) or may have fallen (rate proportional to the server's own)",
  test: (measurement, context) => {
    const { loop, offeredPerSecond } = measurement;
    if (loop === 'closed' || offeredPerSecond === null) return null;
    const { capacityPerSecond } = context;
    const utilisation = capacityPerSecond ? offeredPerSecond / capacityPerSecond : null;
    if ((utilisation ?? 0) < 1 && !queueGrows(measurement, context)) return null;
    const share = utilisation === null ? '' : ` (${percent(utilisation)} of its capacity here)`;
    return {
      message: `overloaded at ${Math.round(offeredPerSecond)} requests/s${share}: requests arrived faster than they were answered, so response times grow with the length of the window`,
      advice: 'offer a lower --rate, or use more --workers',
    };
  },
};

function queueGrows(
  { rate, offeredPerSecond, intervals }: Measurement,
  { capacityPerSecond, servedPerSecond }: GateContext,
): boolean {
  const inFlight = intervals.map((interval) => interval.inFlight);
  const sent = sumOf(intervals.map((interval) => interval.sent));
  const grows = growth(inFlight) > largestGrowth * sent;
  const isNear = (offeredPerSecond ?? 0) >= nearCapacity * (servedPerSecond ?? 0);
  if (isNear && capacityPerSecond !== null) return grows || climbs(inFlight, sent);
  return grows && (isNear || rate === 'proportional') && isSignificant(inFlight);
}

/**
 * At exactly the capacity, a queue grows as the square root of the requests sent, which is less than any share of them
 * (heavy traffic: a random walk that cannot fall below 0). A queue that climbs from the first quarter of the window to
 * the last one by so much, and does not fall after the second, has not reached a steady length.
 */
function climbs(inFlight: readonly number[], sent: number): boolean {
  if (inFlight.length < fewestIntervals) return false;
  const quarter = Math.floor(inFlight.length / 4);
  const [first, second, last] = [
    inFlight.slice(0, quarter),
    inFlight.slice(quarter, 2 * quarter),
    inFlight.slice(-quarter),
  ].map(meanOf);
  if (first === undefined || second === undefined || last === undefined) return false;
  return last >= second && last - first > climbInRoots * Math.sqrt(sent);
}

/**
 * Requests in flight in the last third of the window minus the first; a third is too long for a single burst to matter.
 */
function growth(inFlight: readonly number[]): number {
  if (inFlight.length < fewestIntervals) return 0;
  const third = Math.floor(inFlight.length / 3);
  return meanOf(inFlight.slice(-third)) - meanOf(inFlight.slice(0, third));
}

/**
 * Whether the queue grew in too many intervals to be a burst. The t-test takes the changes between intervals for
 * independent; in a queue that comes and goes, a rise is followed by a fall, which makes false alarms rarer.
 */
function isSignificant(inFlight: readonly number[]): boolean {
  const changes = inFlight.slice(1).map((count, index) => count - (inFlight[index] ?? 0));
  return differencePValue(meanEstimate(changes)) < 2 * mostFalseAlarms;
}
