import type { Workload } from '../workload.ts';
import { fibonacci, fibonacciTask } from './fibonacci.ts';

export const fibonacciIndex = {
  default: 27,
  minimum: 0,
  maximum: 40,
  unit: '',
  about: 'which Fibonacci number a request computes; each step costs 1.6 times the one before',
} as const;

const parameters = { n: fibonacciIndex };

const answer = (n: number, result: number) => `fib(${n}) = ${result}\n`;

/** Computing without waiting: a naive Fibonacci number. */
export const cpu: Workload<typeof parameters> = {
  name: 'cpu',
  summary: 'each request computes a Fibonacci number the naive way, and never waits',
  parameters,
  async handle({ n }, runtime) {
    return answer(n, await runtime.compute(fibonacciTask, n));
  },
  requests: ({ n }) => [
    {
      name: 'cpu',
      weight: 1,
      path: `/cpu?n=${n}`,
      expectedBody: answer(n, fibonacci(n)),
      waitMs: 0,
    },
  ],
};
