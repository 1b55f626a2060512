import { application } from '../../../workloads/application.ts';
import { fibonacciTask } from '../../../workloads/fibonacci.ts';
import type { Handler } from '../../../workloads/runtime.ts';

const begunMs = Number(process.env['BEGUN_MS']);
/** 1.3 % of what fib(27) costs. */
const step = 18;

/** The application, but each second since BEGUN_MS (Unix time) makes a request cost 1.3 % more. */
export const handler: Handler = async (request, runtime) => {
  const steps = Math.floor((Date.now() - begunMs) / 1000);
  for (let done = 0; done < steps; done++) await runtime.compute(fibonacciTask, step);
  return await application(request, runtime);
};
