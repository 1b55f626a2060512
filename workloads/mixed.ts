import { cpu, fibonacciIndex, inPieces, repetitions } from './cpu.ts';
import { io, waitMs } from './io.ts';
import type { Objective, Workload } from './workload.ts';

export const weight = (byDefault: number, about: string) => ({
  default: byDefault,
  minimum: 1,
  maximum: 100,
  unit: '',
  about,
});

/** Heavy requests may delay light ones, but not by much more than one of them takes. */
export const lightObjective = ({ ms }: { readonly ms: number }): Objective => ({
  class: 'light',
  percentile: 'p95',
  belowMs: ms + 45,
});

const parameters = {
  ms: { ...waitMs, default: 5 },
  n: { ...fibonacciIndex, default: 32 },
  times: repetitions,
  light: weight(20, 'relative frequency of light requests (io)'),
  heavy: weight(1, 'relative frequency of heavy requests (cpu)'),
};

/**
 * Many light requests, which wait 5 ms, beside few heavy ones, which compute for some 25 ms: a light request that has to
 * wait for a heavy one takes several times as long.
 */
export const mixed: Workload<typeof parameters> = {
  name: 'mixed',
  summary: 'many light (io) and few heavy (cpu) requests: does heavy work delay light work?',
  parameters,
  demand: { requestClass: 'heavy', repeatedBy: 'times', inPieces },
  requests: ({ ms, n, times, light, heavy }) => [
    ...io.requests({ ms }).map((request) => ({ ...request, name: 'light', weight: light })),
    ...cpu.requests({ n, times }).map((request) => ({ ...request, name: 'heavy', weight: heavy })),
  ],
  objective: lightObjective,
};
