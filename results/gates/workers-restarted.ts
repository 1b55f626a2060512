import type { Gate } from './gate.ts';

/** A worker that is replaced leaves a gap, loses what it had in hand, and its successor starts cold. */
export const workersRestarted: Gate = ({ server: { processesReplaced } }) =>
  processesReplaced === null || processesReplaced === 0
    ? []
    : [
        {
          code: 'workers-restarted',
          severity: 'warn',
          message: `${processesReplaced} of the server's processes ended during the window`,
          advice:
            'see what the server prints: workers that crash, or that are retired after so many requests',
        },
      ];
