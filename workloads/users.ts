import { io, waitMs } from './io.ts';
import type { Workload } from './workload.ts';

const parameters = {
  ms: { ...waitMs, default: 500 },
  connections: {
    default: 10_000,
    minimum: 1,
    maximum: 20_000,
    unit: '',
    about: 'users at once, each with a connection and a request in flight',
  },
};

/** Thousands of users at once, all waiting: what does a waiting request hold? */
export const users: Workload<typeof parameters> = {
  name: 'users',
  summary: '10,000 users at once, each with a request that waits: what does a wait hold?',
  parameters,
  connections: ({ connections }) => connections,
  requests: ({ ms }) => io.requests({ ms }).map((request) => ({ ...request, name: 'users' })),
};
