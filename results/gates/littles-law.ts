import { formatNumber } from '../format.ts';
import { failedIn } from '../select.ts';
import { littlesLawGap } from '../statistics/queueing/formulas.ts';
import { largestTaperWeight } from '../statistics/taper.ts';
import type { MeasurementGate } from './gate.ts';

const largestGap = 0.02;

/**
 * In a closed loop, throughput × mean time must equal the requests in flight. Responses at the
 * start of a window are to requests sent before it, and count with 4/3 at most: a gap of as much proves nothing. Nor do
 * fewer in flight where the server dropped connections, which wait to be retried.
 */
export const littlesLaw: MeasurementGate = {
  code: 'littles-law',
  severity: 'void',
  check: 'accounting',
  blame: 'instrument',
  raisedWhen:
    'in a closed loop, throughput × mean time differs from the requests in flight by more than 2 % and 4/3 mean times (of the slowest class) per window, unless connections were dropped',
  test: (measurement) => {
    const { loop, connections, throughputPerSecond, serviceTime, classes } = measurement;
    if (loop === 'open' || serviceTime.meanMs === null || failedIn(measurement) > 0) return null;
    const gap = littlesLawGap(connections, throughputPerSecond, serviceTime.meanMs / 1000);
    const slowestMs = Math.max(
      serviceTime.meanMs,
      ...classes.map((one) => one.serviceTime.meanMs ?? 0),
    );
    const allowed =
      largestGap + (largestTaperWeight * slowestMs) / 1000 / measurement.windowSeconds;
    const isRetried = gap > 0 && (measurement.kernel.listenOverflows ?? 0) > 0;
    if (Math.abs(gap) <= allowed || isRetried) return null;
    return {
      message: `throughput × mean time is ${formatNumber(connections * (1 - gap))} requests in flight, but there were ${connections}: throughput or times are wrong`,
      advice:
        gap > 0
          ? 'some connections never got an answer, or the load generator was slow: use fewer --connections or a longer --duration'
          : 'this is a bug in the load generator: please report it with the run document',
    };
  },
};
