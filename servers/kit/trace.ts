/** Where the time of one traced request went, in ms, and who served it. */
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

/** The answer's headers that tell a trace; see docs/wire-contract.md. `inFlight` counts requests inside handlers there. */
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
