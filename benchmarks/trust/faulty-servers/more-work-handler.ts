import { application } from '../../../workloads/application.ts';
import { fibonacciTask } from '../../../workloads/fibonacci.ts';
import type { Handler } from '../../../workloads/runtime.ts';

/** The calls that fib(n) makes are 2 fib(n + 1) − 1: these three together make 5.07 % of fib(27)'s. */
const more = [20, 18, 15];

/** The application, with 5 % more computing in each request for fib(27). */
export const handler: Handler = async (request, runtime) => {
  const answer = await application(request, runtime);
  if (request.target.startsWith('/cpu')) {
    for (const n of more) await runtime.compute(fibonacciTask, n);
  }
  return answer;
};
