import { fibonacci, fibonacciTask, type Repeated, repeatFibonacciTask } from './fibonacci.ts';
import type { Workload } from './workload.ts';

export const fibonacciIndex = {
  default: 27,
  minimum: 0,
  maximum: 40,
  unit: '',
  about: 'which Fibonacci number a request computes; each step costs 1.6 times the one before',
} as const;

export const repetitions = {
  default: 1,
  minimum: 1,
  maximum: 100_000,
  unit: '',
  about: 'how often a request computes it: a finer measure of what a request costs',
} as const;

const parameters = { n: fibonacciIndex, times: repetitions };

/** The golden ratio: each step of n costs as much as the two before. */
const growth = (1 + Math.sqrt(5)) / 2;
/** 3,571 times smaller: fine enough for servers 30 times slower, within the limit of repetitions for some 25 times faster. */
const pieceSteps = 17;

/** The same work in pieces so small that how many there are sets its cost finely. */
export function inPieces<Values extends Repeated>(values: Values): Values {
  const whole = values.n + Math.log(values.times) / Math.log(growth);
  return { ...values, n: Math.max(0, Math.round(whole) - pieceSteps), times: 1 };
}

const query = ({ n, times }: Repeated) => (times === 1 ? `n=${n}` : `n=${n}&times=${times}`);

const answer = ({ n, times }: Repeated, sum: number) =>
  times === 1 ? `fib(${n}) = ${sum}\n` : `${times} * fib(${n}) = ${sum}\n`;

/** Computing without waiting: a naive Fibonacci number. */
export const cpu: Workload<typeof parameters> = {
  name: 'cpu',
  summary: 'each request computes a Fibonacci number the naive way, and never waits',
  parameters,
  demand: { requestClass: 'cpu', repeatedBy: 'times', inPieces },
  async handle(values, runtime) {
    // A single number costs less on its way to another thread than an object.
    const sum = await (values.times === 1
      ? runtime.compute(fibonacciTask, values.n)
      : runtime.compute(repeatFibonacciTask, values));
    return answer(values, sum);
  },
  requests: (values) => [
    {
      name: 'cpu',
      weight: 1,
      path: `/cpu?${query(values)}`,
      expectedBody: answer(values, values.times * fibonacci(values.n)),
      waitMs: 0,
    },
  ],
};
