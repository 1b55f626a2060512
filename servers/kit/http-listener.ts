import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler, Runtime, WorkResponse } from '../../workloads/runtime.ts';
import { OverloadError } from './overload-error.ts';
import { newTrace, type Trace, traceHeaders } from './trace.ts';

/** What a model brings to the HTTP listener that all models share. */
export interface Model {
  /** Names the process or thread that runs the handlers. */
  readonly worker: string;
  /**
   * The runtime for one request; a traced request's times are added to its trace. A model that queues work can
   * see by the response's `close` event that the request is over, or its client gone.
   */
  runtime(trace: Trace | undefined, response: ServerResponse): Runtime;
}

/** Puts a handler behind `node:http`: the same for all models, so that they differ in nothing but their runtime. */
export function httpListener(handler: Handler, model: Model) {
  let inFlight = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    inFlight += 1;
    const inFlightHere = inFlight;
    const trace = request.headers['x-trace'] === '1' ? newTrace(model.worker) : undefined;
    handler(
      { method: request.method ?? '', target: request.url ?? '' },
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
    const headers = { 'Retry-After': String(error.retryAfterSeconds) };
    return { status: 503, body: `${error.message}\n`, headers };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: `the handler failed: ${message}\n` };
}

function send(
  response: ServerResponse,
  answer: WorkResponse,
  trace: Record<string, string> | undefined,
): void {
  response.writeHead(answer.status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(answer.body),
    ...answer.headers,
    ...trace,
  });
  response.end(answer.body);
}
