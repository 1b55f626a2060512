import type { Workload } from './workload.ts';

export const waitMs = {
  default: 50,
  minimum: 0,
  maximum: 60_000,
  unit: 'ms',
  about: 'wait of a request, as for a database or another service',
} as const;

const parameters = { ms: waitMs };

const answer = (ms: number) => `waited ${ms} ms\n`;

/** Waiting without computing, like a request that queries a database or another service. */
export const io: Workload<typeof parameters> = {
  name: 'io',
  summary: 'each request waits, as for a database, and does not compute',
  parameters,
  async handle({ ms }, runtime) {
    await runtime.wait(ms);
    return answer(ms);
  },
  requests: ({ ms }) => [
    {
      name: 'io',
      weight: 1,
      path: `/io?ms=${ms}`,
      expectedBody: answer(ms),
      waitMs: ms,
    },
  ],
  objective: ({ ms }) => ({ class: null, percentile: 'p95', belowMs: ms + 50 }),
};
