import { application } from '../../../../workloads/application.ts';
import { fibonacciTask } from '../../../../workloads/cpu/fibonacci.ts';
import type { Handler } from '../../../../workloads/runtime.ts';

const coldRequests = Number(process.env['COLD_REQUESTS']);
/** 38 % of what fib(27) costs. */
const whileCold = 25;
let requests = 0;

/** The application, but its first COLD_REQUESTS requests cost more, as before a compiler has seen to them. */
export const handler: Handler = async (request, runtime) => {
  requests += 1;
  if (requests <= coldRequests) await runtime.compute(fibonacciTask, whileCold);
  return await application(request, runtime);
};
