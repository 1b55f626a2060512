import { io, waitMs } from './io.ts';
import { lightObjective, weight } from './mixed.ts';
import { iterations, passwordHash } from './password.ts';
import type { Workload } from './workload.ts';

const parameters = {
  ms: { ...waitMs, default: 5 },
  iterations,
  light: weight(20, 'relative frequency of light requests (io)'),
  heavy: weight(1, 'relative frequency of heavy requests (password)'),
};

/** As `mixed`, with a heavy request that does not block the event loop of Node.js. */
export const logins: Workload<typeof parameters> = {
  name: 'logins',
  summary: 'many light (io) requests and few password hashes: do logins delay light work?',
  parameters,
  demand: {
    requestClass: 'heavy',
    repeatedBy: 'iterations',
    inPieces: (values) => ({ ...values, iterations: 1 }),
  },
  requests: ({ ms, iterations, light, heavy }) => [
    ...io.requests({ ms }).map((request) => ({ ...request, name: 'light', weight: light })),
    ...passwordHash
      .requests({ iterations })
      .map((request) => ({ ...request, name: 'heavy', weight: heavy })),
  ],
  objective: lightObjective,
};
