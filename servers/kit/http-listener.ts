import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentType } from '../../workloads/application.ts';
import { RequestError } from '../../workloads/request-error.ts';
import type { Runtime, WorkResponse } from '../../workloads/runtime.ts';
import { DatabaseUnavailable, unavailable } from './database.ts';
import type { HostedHandler } from './hosted-handler.ts';
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
export function httpListener({ handler, isTraceable }: HostedHandler, model: Model) {
  let inFlight = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    inFlight += 1;
    const inFlightHere = inFlight;
    const { headers } = request;
    const isTraced = isTraceable && headers['x-trace'] === '1';
    const trace = isTraced ? newTrace(model.worker) : undefined;
    handler(
      {
        method: request.method ?? '',
        target: request.url ?? '',
        headers,
        readBody: (mostBytes) => readBody(request, mostBytes),
      },
      model.runtime(trace, response),
    )
      .catch(answerToFailure)
      .then((answer) => {
        inFlight -= 1;
        return send(response, answer, trace && traceHeaders(trace, inFlightHere));
      })
      .catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else send(response, answerToFailure(error));
      });
  };
}

function answerToFailure(error: unknown): WorkResponse {
  if (error instanceof OverloadError) {
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    return { status: 503, body: `${error.message}\n`, headers };
  }
  if (error instanceof DatabaseUnavailable) return unavailable;
  if (error instanceof RequestError) return { status: error.status, body: `${error.message}\n` };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: `the handler failed: ${message}\n` };
}

function send(
  response: ServerResponse,
  { status, body, headers }: WorkResponse,
  trace?: Record<string, string>,
): void {
  const type = { 'Content-Type': contentType(body) };
  const further = { 'Content-Length': Buffer.byteLength(body), ...trace };
  if (headers) {
    // One by one, since a handler may spell the name of a header in another way.
    const all = { ...type, ...headers, ...further };
    for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
    response.writeHead(status);
  } else {
    response.writeHead(status, { ...type, ...further });
  }
  response.end(body);
}
