import type { Interval } from '../document/run-document.ts';
import type { Gate } from './gate.ts';

/** Nothing answered for this long, and for so many of the usual times, is a stall. */
const shortestStallSeconds = 0.5;
const usualTimes = 5;

/** Whether a server stopped answering in the middle of a window, with requests in flight. */
export const stalled: Gate = ({ intervals, serviceTime }) => {
  const usualSeconds = (serviceTime.p50Ms ?? Number.POSITIVE_INFINITY) / 1000;
  const seconds = longestSilence(intervals);
  if (seconds < Math.max(shortestStallSeconds, usualTimes * usualSeconds)) return [];
  return [
    {
      code: 'stalled',
      severity: 'warn',
      message: `nothing was answered for ${seconds.toFixed(1)} s, with requests in flight`,
      advice:
        'see what the server or the machine did meanwhile: stopped, swapping, collecting garbage',
    },
  ];
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
