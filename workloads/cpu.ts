import { fibonacci, fibonacciTask, type Repeated, repeatFibonacciTask } from './fibonacci.ts';
import type { Workload } from './workload.ts';

export const fibonacciIndex = {
  default: 27,
  minimum: 0,
  maximum: 40,
  unit: '',
  about: 'index of the Fibonacci number; each step costs 1.6× as much',
} as const;

export const repetitions = {
  default: 1,
  minimum: 1,
  maximum: 100_000,
  unit: '',
  about: 'repetitions of the computation; sets the cost of a request finely',
} as const;

const parameters = { n: fibonacciIndex, times: repetitions };

/** The golden ratio: each step of n costs as much as the previous two together. */
const growth = (1 + Math.sqrt(5)) / 2;
/**
 * How much lower n is in a piece: fib(n − 17) costs 1/3,571. Fine enough for a server that is 30× slower, and within the
 * repetition limit for one that is 25× faster.
 */
const pieceSteps = 17;

/** Divides a computation into pieces so small that their number sets its cost finely. */
export function inPieces<Values extends Repeated>(values: Values): Values {
  const whole = values.n + Math.log(values.times) / Math.log(growth);
  return { ...values, n: Math.max(0, Math.round(whole) - pieceSteps), times: 1 };
}

const query = ({ n, times }: Repeated) => (times === 1 ? `n=${n}` : `n=${n}&times=${times}`);

const answer = ({ n, times }: Repeated, sum: number) =>
  times === 1 ? `fib(${n}) = ${sum}\n` : `${times} * fib(${n}) = ${sum}\n`;

/** Computing without waiting: a Fibonacci number by naive recursion. */
export const cpu: Workload<typeof parameters> = {
  name: 'cpu',
  summary: 'each request computes a Fibonacci number and does not wait',
  parameters,
  demand: { requestClass: 'cpu', repeatedBy: 'times', inPieces },
  async handle(values, runtime) {
    // A number is cheaper to send to another thread than an object.
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
