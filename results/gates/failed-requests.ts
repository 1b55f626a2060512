import { percent, plural } from '../format.ts';
import { failedIn, type MeasurementGate } from './gate.ts';

/** Requests without a good answer do not count as throughput, and rank as slower than every answer. */
export const failedRequests: MeasurementGate = {
  code: 'failed-requests',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen: 'a request got no good answer',
  test: (measurement) => {
    const failed = failedIn(measurement);
    if (failed === 0) return [];
    const { requests, failures } = measurement;
    const reasons = Object.entries(failures)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([reason, count]) => `${count} × ${reason}`);
    const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
    return [
      {
        message: `${failed} of ${plural(requests.sent, 'request')} (${percent(failed / requests.sent)}) failed${why}: they do not count as throughput, and rank above all response times`,
        advice: 'see what the server prints under load, or use fewer --connections',
      },
    ];
  },
};
