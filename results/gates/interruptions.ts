import type { Interval } from '../document/run-document.ts';
import type { MeasurementGate } from './gate.ts';

/** A worker that is replaced leaves a gap, loses its requests in flight, and its successor starts cold. */
export const workersRestarted: MeasurementGate = {
  code: 'workers-restarted',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen: "one of the server's processes ended in the window",
  test: ({ server: { processesReplaced } }) =>
    processesReplaced
      ? {
          message: `${processesReplaced} of the server's processes ended during the window: throughput includes the gap and a cold start`,
          advice:
            'see what the server prints: workers may crash, or retire after a number of requests',
        }
      : null,
};

/** No answer for this long, and for this many median service times, is a stall. */
const shortestStallSeconds = 0.5;
const medianTimes = 5;

/** Whether a server stopped answering within a window, with requests in flight. */
export const stalled: MeasurementGate = {
  code: 'stalled',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen: 'nothing was answered for 0.5 s (and 5 median service times) with requests in flight',
  test: ({ intervals, serviceTime }) => {
    const medianSeconds = (serviceTime.p50Ms ?? Number.POSITIVE_INFINITY) / 1000;
    const seconds = longestSilence(intervals);
    if (seconds < Math.max(shortestStallSeconds, medianTimes * medianSeconds)) return null;
    return {
      message: `nothing was answered for ${seconds.toFixed(1)} s with requests in flight: the pause is in throughput and response times`,
      advice: 'check what stopped the server: garbage collection, swapping, or another program',
    };
  },
};

function longestSilence(intervals: readonly Interval[]): number {
  let longest = 0;
  let current = 0;
  for (const { completed, inFlight, durationSeconds } of intervals) {
    current = completed === 0 && inFlight > 0 ? current + durationSeconds : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
