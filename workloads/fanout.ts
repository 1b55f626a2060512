import { fibonacciIndex } from './cpu.ts';
import { fibonacci, fibonacciTask } from './fibonacci.ts';
import type { Workload } from './workload.ts';

const parameters = {
  parts: {
    default: 8,
    minimum: 1,
    maximum: 64,
    unit: '',
    about: 'number of parallel computations in a request',
  },
  n: {
    ...fibonacciIndex,
    default: 24,
    about: 'index of the Fibonacci number that each part computes',
  },
} as const;

const answer = (parts: number, n: number, sum: number) => `fanout(${parts}, ${n}) = ${sum}\n`;

/** A request's work in parts that can run in parallel, like `for … { go compute(n) }` in Go. */
export const fanout: Workload<typeof parameters> = {
  name: 'fanout',
  summary: 'each request splits a computation into parallel parts',
  parameters,
  async handle({ parts, n }, runtime) {
    const computations = Array.from({ length: parts }, () => runtime.compute(fibonacciTask, n));
    const results = await Promise.all(computations);
    return answer(
      parts,
      n,
      results.reduce((sum, result) => sum + result, 0),
    );
  },
  requests: ({ parts, n }) => [
    {
      name: 'fanout',
      weight: 1,
      path: `/fanout?parts=${parts}&n=${n}`,
      expectedBody: answer(parts, n, parts * fibonacci(n)),
      waitMs: 0,
    },
  ],
};
