import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentType } from '../../workloads/application.ts';
import type { Handler, Runtime, WorkResponse } from '../../workloads/runtime.ts';
import { DatabaseUnavailable, unavailable } from './database.ts';
import { readBody } from './request-body.ts';
import { newTrace, type Trace, traceHeaders } from './trace.ts';

/** A model without room for more work throws this; the request is answered 503 with Retry-After. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError';
}

const retryAfterSeconds = 1;

/** What differs between models behind the same HTTP listener. */
export interface Model {
  /** Names the process or thread that runs the handlers. */
  readonly worker: string;
  /**
   * The runtime for one request; it adds a traced request's times to the trace. The response's `close` event shows
   * that the request is over or that its client has left.
   */
  runtime(trace: Trace | undefined, response: ServerResponse): Runtime;
}

/** Puts a handler behind `node:http`, the same way for all models: models differ only in their runtime. */
export function httpListener(handler: Handler, model: Model) {
  let inFlight = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    inFlight += 1;
    const inFlightHere = inFlight;
    const trace = request.headers['x-trace'] === '1' ? newTrace(model.worker) : undefined;
    handler(
      {
        method: request.method ?? '',
        target: request.url ?? '',
        readBody: (mostBytes) => readBody(request, mostBytes),
      },
      model.runtime(trace, response),
    )
      .catch(answerToFailure)
      .then((answer) => {
        inFlight -= 1;
        return send(response, answer, trace && traceHeaders(trace, inFlightHere));
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
}

function answerToFailure(error: unknown): WorkResponse {
  if (error instanceof OverloadError) {
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    return { status: 503, body: `${error.message}\n`, headers };
  }
  if (error instanceof DatabaseUnavailable) return unavailable;
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: `the handler failed: ${message}\n` };
}

function send(
  response: ServerResponse,
  answer: WorkResponse,
  trace: Record<string, string> | undefined,
): void {
  response.writeHead(answer.status, {
    'Content-Type': contentType(answer.body),
    'Content-Length': Buffer.byteLength(answer.body),
    ...answer.headers,
    ...trace,
  });
  response.end(answer.body);
}
