import { formatNumber } from '../format.ts';
import { failedIn } from '../select.ts';
import { littlesLawGap } from '../statistics/queueing/formulas.ts';
import type { MeasurementGate } from './gate.ts';

const largestGap = 0.02;

/**
 * In a closed loop, requests per second × mean time must equal the requests in flight. All requests of the window count
 * alike, as they do for the mean time: throughput, which gives less weight to the ends of a window, may differ while the
 * machine is busy. The ends of a window cut off a part of a request on every connection, at most its longest one: in a
 * window that is short against that, or without any request of a class, nothing can be judged. Nor do fewer in flight
 * prove anything where the server dropped connections, which wait to be retried.
 */
export const littlesLaw: MeasurementGate = {
  code: 'littles-law',
  severity: 'void',
  check: 'accounting',
  blame: 'instrument',
  raisedWhen:
    'in a closed loop, requests per second × mean time differs from the requests in flight by more than 2 % and the longest time per window, unless connections were dropped or a class had no request',
  test: (measurement) => {
    const { loop, connections, requests, windowSeconds, serviceTime, classes } = measurement;
    if (loop === 'open' || serviceTime.meanMs === null || failedIn(measurement) > 0) return null;
    if (classes.some((one) => one.requests.sent === 0)) return null;
    const gap = littlesLawGap(connections, requests.ok / windowSeconds, serviceTime.meanMs / 1000);
    const allowed = largestGap + (serviceTime.maxMs ?? 0) / 1000 / windowSeconds;
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
