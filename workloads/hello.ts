import type { Workload } from './workload.ts';

const body = 'hello, world\n';

/** No work: the minimum cost of a request. */
export const hello: Workload<Record<never, never>> = {
  name: 'hello',
  summary: 'no work: the minimum cost of a request',
  parameters: {},
  handle: () => Promise.resolve(body),
  requests: () => [{ name: 'hello', weight: 1, path: '/hello', expectedBody: body, waitMs: 0 }],
  objective: () => ({ class: null, percentile: 'p99', belowMs: 10 }),
};
