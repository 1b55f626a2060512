import type { RequestHandler, Response } from 'express';
import { newTrace, type Trace, traceHeaders } from '../../kit/trace.ts';

declare global {
  namespace Express {
    interface Locals {
      /** Present if the request asks for a trace; `inFlight` counts the requests inside handlers when it came. */
      traced?: { readonly trace: Trace; readonly inFlight: number };
    }
  }
}

/** Counts the requests inside handlers, and starts a trace if a request asks for one. */
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

/** Sends an answer, with the request's trace if there is one. */
export function send(response: Response, body: string, status = 200): void {
  const { traced } = response.locals;
  if (traced) response.set(traceHeaders(traced.trace, traced.inFlight));
  response.status(status).type('text/plain').send(body);
}
