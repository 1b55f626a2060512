import { formatNumber } from '../format.ts';
import { failedIn } from '../select.ts';
import { littlesLawGap } from '../statistics/queueing/formulas.ts';
import type { MeasurementGate } from './gate.ts';

const largestGap = 0.02;

/**
 * In a closed loop, requests per second × mean time must equal the requests in flight. All requests of the window count
 * alike, as they do for the mean time: throughput, which gives less weight to the ends of a window, may differ while the
 * machine is busy. One request more or less for each connection proves nothing; nor do fewer in flight where the
 * server dropped connections, which wait to be retried.
 */
export const littlesLaw: MeasurementGate = {
  code: 'littles-law',
  severity: 'void',
  check: 'accounting',
  blame: 'instrument',
  raisedWhen:
    'in a closed loop, requests per second × mean time differs from the requests in flight by more than 2 % and one mean time (of the slowest class) per window, unless connections were dropped',
  test: (measurement) => {
    const { loop, connections, requests, windowSeconds, serviceTime, classes } = measurement;
    if (loop === 'open' || serviceTime.meanMs === null || failedIn(measurement) > 0) return null;
    const gap = littlesLawGap(connections, requests.ok / windowSeconds, serviceTime.meanMs / 1000);
    const slowestMs = Math.max(
      serviceTime.meanMs,
      ...classes.map((one) => one.serviceTime.meanMs ?? 0),
    );
    const allowed = largestGap + slowestMs / 1000 / windowSeconds;
    const isRetried = gap > 0 && (measurement.kernel.listenOverflows ?? 0) > 0;
    if (Math.abs(gap) <= allowed || isRetried) return null;
    return {
      message: `requests per second × mean time is ${formatNumber(connections * (1 - gap))} requests in flight, but there were ${connections}: counts or times are wrong`,
      advice:
        gap > 0
          ? 'some connections never got an answer, or the load generator was slow: use fewer --connections or a longer --duration'
          : 'this is a bug in the load generator: please report it with the run document',
    };
  },
};
