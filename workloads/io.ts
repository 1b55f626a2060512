import type { Workload } from './workload.ts';

export const waitMs = {
  default: 50,
  minimum: 0,
  maximum: 60_000,
  unit: 'ms',
  about: 'how long a request waits, as for a database or another service',
} as const;

const parameters = { ms: waitMs };

const answer = (ms: number) => `waited ${ms} ms\n`;

/** Waiting without computing, as a request does that asks a database or another service. */
export const io: Workload<typeof parameters> = {
  name: 'io',
  summary: 'each request waits, as for a database, and computes nothing',
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
};
