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
  light: weight('how often the light request (io) is sent, relative to the heavy one'),
  heavy: weight('how often the heavy request (cpu) is sent, relative to the light one'),
};

/** Light requests that only wait beside heavy ones that only compute: shows who makes whom wait. */
export const mixed: Workload<typeof parameters> = {
  name: 'mixed',
  summary: 'light requests (io) beside heavy ones (cpu): does heavy work delay light work?',
  parameters,
  demand: { requestClass: 'heavy', repeatedBy: 'times', inPieces },
  requests: ({ ms, n, times, light, heavy }) => [
    ...io.requests({ ms }).map((request) => ({ ...request, name: 'light', weight: light })),
    ...cpu.requests({ n, times }).map((request) => ({ ...request, name: 'heavy', weight: heavy })),
  ],
};
