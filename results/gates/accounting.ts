import { plural } from '../format.ts';
import { failedIn, type MeasurementGate } from './gate.ts';

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
    if (!wrong) return [];
    const known = wrong.requests.ok + failedIn(wrong);
    return [
      {
        message: `${plural(wrong.requests.sent, 'request')} were sent, but ${known.toLocaleString('en-US')} have an outcome: times and counts are incomplete`,
        advice: 'this is a bug in the load generator: please report it with the run document',
      },
    ];
  },
};
