import { joinWithAnd, plural } from '../format.ts';
import type { MeasurementGate } from './gate.ts';

/**
 * A connection that finds the accept queue full is retried by the client's kernel after 1, 3 or 7 s: times that no
 * server took.
 */
export const acceptQueue: MeasurementGate = {
  code: 'accept-queue',
  severity: 'void',
  check: 'connections',
  blame: 'host',
  raisedWhen: 'the kernel counted an accept-queue overflow, a drop or a SYN retransmit',
  test: ({ kernel }) => {
    const counts = [
      [kernel.listenOverflows, 'accept-queue overflow'],
      [kernel.listenDrops, 'dropped connection'],
      [kernel.synRetransmits, 'SYN retransmit'],
    ] as const;
    const seen = counts.flatMap(([count, what]) => (count ? [plural(count, what)] : []));
    if (seen.length === 0) return null;
    return {
      message: `the kernel counted ${joinWithAnd(seen)}: connections were dropped and retried a second or more later, which response times include`,
      advice:
        'let the server listen with a backlog of 4096 (net.core.somaxconn permitting), or use fewer --connections',
    };
  },
};
