import { joinWithAnd, plural } from '../format.ts';
import { failedIn } from '../select.ts';
import type { MeasurementGate } from './gate.ts';

/** A client's kernel tries again after 1 s, then after 3 and 7 s. */
const retryMs = 1000;

/**
 * A connection that finds the accept queue full is dropped and retried: the server accepts more slowly than the load
 * connects, and its response times rightly include the wait. The kernel counts for all programs, so it takes a request
 * that was slow enough to have waited for a retry, or got no answer.
 */
export const acceptQueue: MeasurementGate = {
  code: 'accept-queue',
  severity: 'warn',
  check: 'connections',
  blame: 'server',
  raisedWhen:
    'the kernel counted an accept-queue overflow, a drop or a SYN retransmit, and a request took 1 s or got no good answer',
  test: (measurement) => {
    const { kernel, serviceTime, requests } = measurement;
    const counts = [
      [kernel.listenOverflows, 'accept-queue overflow'],
      [kernel.listenDrops, 'dropped connection'],
      [kernel.synRetransmits, 'SYN retransmit'],
    ] as const;
    const seen = counts.flatMap(([count, what]) => (count ? [plural(count, what)] : []));
    const slowestMs = serviceTime.maxMs ?? (requests.sent > 0 ? Number.POSITIVE_INFINITY : 0);
    if (seen.length === 0 || (slowestMs < retryMs && failedIn(measurement) === 0)) return null;
    return {
      message: `the kernel counted ${joinWithAnd(seen)}: connections were dropped and retried a second or more later, since the server accepts more slowly than the load connects; response times include that`,
      advice:
        'let the server listen with a backlog of 4096 (net.core.somaxconn permitting), or use fewer --connections',
    };
  },
};
