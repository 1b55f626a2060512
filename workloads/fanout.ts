import { fibonacciIndex } from './cpu.ts';
import { fibonacci, fibonacciTask } from './fibonacci.ts';
import type { Workload } from './workload.ts';

const parameters = {
  parts: {
    default: 8,
    minimum: 1,
    maximum: 64,
    unit: '',
    about: 'how many computations a request is split into',
  },
  n: { ...fibonacciIndex, default: 24, about: 'which Fibonacci number each part computes' },
} as const;

const answer = (parts: number, n: number, sum: number) => `fanout(${parts}, ${n}) = ${sum}\n`;

/** One request's work in parts that may be computed at once, and gathered: `for … go compute(n)` of Go. */
export const fanout: Workload<typeof parameters> = {
  name: 'fanout',
  summary: 'each request splits a computation into parts, and gathers their results',
  parameters,
  async handle({ parts, n }, runtime) {
    const asked = Array.from({ length: parts }, () => runtime.compute(fibonacciTask, n));
    const results = await Promise.all(asked);
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
