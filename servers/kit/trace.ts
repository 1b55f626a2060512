/** Where the time of one traced request went, in ms. */
export interface Trace {
  queueMs: number;
  waitMs: number;
  computeMs: number;
  /** The process or thread that did the request's work. */
  worker: string;
}

export function newTrace(worker: string): Trace {
  return { queueMs: 0, waitMs: 0, computeMs: 0, worker };
}

/** Waits, and adds the time to the trace if there is one. */
export async function timedWait<Result>(
  trace: Trace | undefined,
  wait: () => Promise<Result>,
): Promise<Result> {
  if (!trace) return wait();
  const startedMs = performance.now();
  const result = await wait();
  trace.waitMs += performance.now() - startedMs;
  return result;
}

/** Computes, and adds the time to the trace if there is one. */
export async function timedCompute<Result>(
  trace: Trace | undefined,
  compute: () => Result | Promise<Result>,
): Promise<Result> {
  if (!trace) return compute();
  const startedMs = performance.now();
  const result = await compute();
  trace.computeMs += performance.now() - startedMs;
  return result;
}

/**
 * A trace as headers of the answer; see docs/wire-contract.md.
 * @param inFlight how many requests were inside handlers when this one came, itself included
 */
export function traceHeaders(trace: Trace, inFlight: number): Record<string, string> {
  const metric = (name: string, ms: number) => `${name};dur=${ms.toFixed(3)}`;
  return {
    'Server-Timing': [
      metric('queue', trace.queueMs),
      metric('wait', trace.waitMs),
      metric('compute', trace.computeMs),
    ].join(', '),
    'X-Worker': trace.worker,
    'X-In-Flight': String(inFlight),
  };
}
