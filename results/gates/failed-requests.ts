import { percent } from '../format.ts';
import { type Gate, unansweredIn } from './gate.ts';

/** Requests without a good answer do not count as throughput, and rank above every other time. */
export const failedRequests: Gate = (measurement) => {
  const failed = unansweredIn(measurement);
  if (failed === 0) return [];
  const { requests, failures } = measurement;
  const reasons = Object.entries(failures)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([reason, count]) => `${count} × ${reason}`);
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  return [
    {
      code: 'failed-requests',
      severity: 'warn',
      message: `${failed} of ${requests.sent} requests (${percent(failed / requests.sent)}) got no good answer${why}`,
      advice: 'see what the server prints under load; fewer --connections may be what it can bear',
    },
  ];
};
