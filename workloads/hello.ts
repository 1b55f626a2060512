import type { Workload } from './workload.ts';

const body = 'hello, world\n';

/** No work at all: the floor under every other number. */
export const hello: Workload<Record<never, never>> = {
  name: 'hello',
  summary: 'no work: what a request costs before any is done',
  parameters: {},
  handle: () => Promise.resolve(body),
  requests: () => [{ name: 'hello', weight: 1, path: '/hello', expectedBody: body, waitMs: 0 }],
};
