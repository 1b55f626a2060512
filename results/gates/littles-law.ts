import { littlesLawGap } from '../statistics/queueing/closed-loop.ts';
import { type Gate, unansweredIn } from './gate.ts';

const largestGap = 0.02;

/**
 * In a closed loop, throughput × mean time must make up the requests in flight; the window's ends cut
 * through requests, the longest ones most, so that a gap of one mean time of the slowest class in the window's length
 * proves nothing.
 */
export const littlesLaw: Gate = (measurement) => {
  const { loop, connections, throughputPerSecond, serviceTime, classes } = measurement;
  if (loop === 'open' || serviceTime.meanMs === null || unansweredIn(measurement) > 0) return [];
  const meanSeconds = serviceTime.meanMs / 1000;
  const gap = littlesLawGap(connections, throughputPerSecond, meanSeconds);
  const slowestMs = Math.max(
    serviceTime.meanMs,
    ...classes.map((one) => one.serviceTime.meanMs ?? 0),
  );
  const allowed = largestGap + slowestMs / 1000 / measurement.windowSeconds;
  if (Math.abs(gap) <= allowed) return [];
  return [
    {
      code: 'littles-law',
      severity: 'void',
      message: `throughput × mean time account for ${(connections * (1 - gap)).toPrecision(3)} requests in flight, but there were ${connections}: one of the two is wrong`,
      advice:
        gap > 0
          ? 'some connections went unanswered all the time, or the load generator was slow: use fewer --connections or a longer --duration'
          : 'this is a fault of the load generator: please report it with the run document',
    },
  ];
};
