import { application } from '../../workloads/application.ts';
import { fibonacciTask } from '../../workloads/fibonacci.ts';
import type { Handler, Runtime } from '../../workloads/runtime.ts';

let requests = 0;
/** Counts a request; true for one in `EVERY`. */
const isNth = () => ++requests % Number(process.env['EVERY']) === 0;

/** Computes more, in Fibonacci numbers. A call of fib(n) costs in proportion to 2 fib(n + 1) − 1. */
async function compute(runtime: Runtime, ...numbers: readonly number[]): Promise<void> {
  for (const n of numbers) await runtime.compute(fibonacciTask, n);
}

let firstRequestMs: number | undefined;

/** The application with a fault in it. Shares of work are those of the `cpu` workload's fib(27). */
const faults: Readonly<Record<string, Handler>> = {
  'lost-replies': (request, runtime) =>
    isNth() ? new Promise(() => {}) : application(request, runtime),

  /** Wrong bodies have the right length. */
  'wrong-body': async (request, runtime) => {
    const answer = await application(request, runtime);
    return isNth() ? { ...answer, body: String(answer.body).toUpperCase() } : answer;
  },

  'closed-connections': async (request, runtime) => {
    const answer = await application(request, runtime);
    return { ...answer, headers: { ...answer.headers, Connection: 'close' } };
  },

  /** For `COLD_MS` from the first request on, 38 % more work: like code that is not compiled yet. */
  'cold-start': async (request, runtime) => {
    if (request.target.startsWith('/cpu')) firstRequestMs ??= performance.now();
    const isCold = performance.now() < (firstRequestMs ?? 0) + Number(process.env['COLD_MS']);
    if (isCold) await compute(runtime, 25);
    return application(request, runtime);
  },

  /** 1.3 % more work with every second since `SINCE_MS` (Unix time). */
  drift: async (request, runtime) => {
    const seconds = Math.floor((Date.now() - Number(process.env['SINCE_MS'])) / 1000);
    await compute(runtime, ...Array.from({ length: seconds }, () => 18));
    return application(request, runtime);
  },

  /** 5.07 % more work. */
  'more-work': async (request, runtime) => {
    if (request.target.startsWith('/cpu')) await compute(runtime, 20, 18, 15);
    return application(request, runtime);
  },
};

const fault = faults[process.env['FAULT'] ?? ''];
if (!fault) throw new Error(`FAULT must be one of ${Object.keys(faults).join(', ')}`);
export const handler: Handler = fault;
