import type { Measurement } from '../document/run-document.ts';
import { type Gate, unansweredIn } from './gate.ts';

/** Every request that was sent must have an outcome: requests that vanish are the slow ones. */
export const accounting: Gate = ({ requests, classes }) => {
  const parts: Pick<Measurement, 'requests'>[] = [{ requests }, ...classes];
  const wrong = parts.find((part) => part.requests.sent !== part.requests.ok + unansweredIn(part));
  if (!wrong) return [];
  const { sent, ok } = wrong.requests;
  return [
    {
      code: 'accounting',
      severity: 'void',
      message: `${sent} requests were sent, but the fate of ${ok + unansweredIn(wrong)} is known`,
      advice: 'this is a fault of the load generator: please report it with the run document',
    },
  ];
};
