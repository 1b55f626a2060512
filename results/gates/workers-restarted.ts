import { type MeasurementGate } from './gate.ts';

/** A worker that is replaced leaves a gap, loses its requests in flight, and its successor starts cold. */
export const workersRestarted: MeasurementGate = {
  code: 'workers-restarted',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen: "one of the server's processes ended in the window",
  test: ({ server: { processesReplaced } }) =>
    processesReplaced
      ? [
          {
            message: `${processesReplaced} of the server's processes ended during the window: throughput includes the gap and a cold start`,
            advice:
              'see what the server prints: workers may crash, or retire after a number of requests',
          },
        ]
      : [],
};
