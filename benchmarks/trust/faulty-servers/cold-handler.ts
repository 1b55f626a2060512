import { application } from '../../../workloads/application.ts';
import { fibonacciTask } from '../../../workloads/fibonacci.ts';
import type { Handler } from '../../../workloads/runtime.ts';

const coldMs = Number(process.env['COLD_MS']);
/** 38 % of what fib(27) costs. */
const whileCold = 25;
let firstAtMs: number | undefined;

/** The application, but until COLD_MS after the first request they cost more, as before a compiler has seen to them. */
export const handler: Handler = async (request, runtime) => {
  if (request.target.startsWith('/cpu')) firstAtMs ??= performance.now();
  const isCold = firstAtMs !== undefined && performance.now() - firstAtMs < coldMs;
  if (isCold) await runtime.compute(fibonacciTask, whileCold);
  return await application(request, runtime);
};
