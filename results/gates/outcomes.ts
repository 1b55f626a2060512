import { percent, plural } from '../format.ts';
import { failedIn } from '../select.ts';
import type { MeasurementGate } from './gate.ts';

/** Every request that was sent must have an outcome: those that vanish are the slow ones. */
export const accounting: MeasurementGate = {
  code: 'accounting',
  severity: 'void',
  check: 'accounting',
  blame: 'instrument',
  raisedWhen: 'a request has no outcome',
  test: ({ requests, classes }) => {
    const wrong = [{ requests }, ...classes].find(
      (part) => part.requests.sent !== part.requests.ok + failedIn(part),
    );
    if (!wrong) return null;
    const known = wrong.requests.ok + failedIn(wrong);
    return {
      message: `${plural(wrong.requests.sent, 'request')} were sent, but ${known.toLocaleString('en-US')} have an outcome: times and counts are incomplete`,
      advice: 'this is a bug in the load generator: please report it with the run document',
    };
  },
};

/** Requests without a good answer do not count as throughput, and rank as slower than every answer. */
export const failedRequests: MeasurementGate = {
  code: 'failed-requests',
  severity: 'warn',
  check: 'load',
  blame: 'server',
  raisedWhen: 'a request got no good answer',
  test: (measurement) => {
    const failed = failedIn(measurement);
    if (failed === 0) return null;
    const { requests, failures } = measurement;
    const reasons = Object.entries(failures)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([reason, count]) => `${count.toLocaleString('en-US')} × ${reason}`);
    const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
    return {
      message: `${failed.toLocaleString('en-US')} of ${plural(requests.sent, 'request')} (${percent(failed / requests.sent)}) failed${why}: they do not count as throughput, and rank above all response times`,
      advice: 'see what the server prints under load, or use fewer --connections',
    };
  },
};

/** Answers with other bodies are other work. */
export const wrongBodies: MeasurementGate = {
  code: 'wrong-bodies',
  severity: 'void',
  check: 'work',
  blame: 'server',
  raisedWhen: 'an answer has another body than expected',
  test: ({ requests: { ok, mismatched } }) =>
    mismatched === 0
      ? null
      : {
          message: `${mismatched} of ${plural(ok, 'answer')} had another body than expected: the server did other work`,
          advice: 'compare its answer with --contains, or with what docs/wire-contract.md requires',
        },
};
