import { cpu, fibonacciIndex, inPieces, repetitions } from './cpu.ts';
import { io, waitMs } from './io.ts';
import type { Workload } from './workload.ts';

const weight = (about: string) => ({
  default: 1,
  minimum: 1,
  maximum: 100,
  unit: '',
  about,
});

const parameters = {
  ms: waitMs,
  n: fibonacciIndex,
  times: repetitions,
  light: weight('relative frequency of light requests (io)'),
  heavy: weight('relative frequency of heavy requests (cpu)'),
};

/** Light requests, which only wait, beside heavy ones, which only compute: shows whether heavy work delays light work. */
export const mixed: Workload<typeof parameters> = {
  name: 'mixed',
  summary: 'light (io) and heavy (cpu) requests: does heavy work delay light work?',
  parameters,
  demand: { requestClass: 'heavy', repeatedBy: 'times', inPieces },
  requests: ({ ms, n, times, light, heavy }) => [
    ...io.requests({ ms }).map((request) => ({ ...request, name: 'light', weight: light })),
    ...cpu.requests({ n, times }).map((request) => ({ ...request, name: 'heavy', weight: heavy })),
  ],
};
