import type { RequestHandler, Response } from 'express';
import { newTrace, type Trace, traceHeaders } from '../../kit/trace.ts';

declare global {
  namespace Express {
    interface Locals {
      /** Of a request that asks for it, with how many requests were in handlers when it came. */
      traced?: { readonly trace: Trace; readonly inFlight: number };
    }
  }
}

/** Counts the requests inside handlers, and begins a trace where a request asks for it. */
export function traced(): RequestHandler {
  let inFlight = 0;
  return (request, response, next) => {
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
    });
    if (request.get('X-Trace') === '1') {
      response.locals.traced = { trace: newTrace(String(process.pid)), inFlight };
    }
    next();
  };
}

/** Sends an answer, with its trace if it has one. */
export function send(response: Response, body: string, status = 200): void {
  const { traced } = response.locals;
  if (traced) response.set(traceHeaders(traced.trace, traced.inFlight));
  response.status(status).type('text/plain').send(body);
}

/** Waits, and adds the time to the request's trace if it has one. */
export async function waiting(response: Response, wait: () => Promise<void>): Promise<void> {
  const trace = response.locals.traced?.trace;
  const started = trace && performance.now();
  await wait();
  if (trace && started) trace.waitMs += performance.now() - started;
}

/** Computes, and adds the time to the request's trace if it has one. */
export function computing<Result>(response: Response, compute: () => Result): Result {
  const trace = response.locals.traced?.trace;
  const started = trace && performance.now();
  const result = compute();
  if (trace && started) trace.computeMs += performance.now() - started;
  return result;
}
