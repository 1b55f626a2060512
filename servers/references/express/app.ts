import cluster from 'node:cluster';
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { contentType } from '../../../workloads/application.ts';
import { endpoints } from '../../../workloads/endpoints.ts';
import { ParameterError, parseParameters } from '../../../workloads/parameters.ts';
import type { Body } from '../../../workloads/runtime.ts';
import type { Endpoint } from '../../../workloads/workload.ts';
import {
  connectionsEach,
  DatabaseUnavailable,
  pooledQueries,
  unavailable,
} from '../../kit/database.ts';
import { readSettings } from '../../kit/model-process.ts';
import { computeInLine, inLineRuntime, wait } from '../../kit/runtime.ts';
import { newTrace, type Trace, traceHeaders } from '../../kit/trace.ts';

/** The workloads as an Express application: their handlers wait by timers and compute in line. */

declare global {
  namespace Express {
    interface Locals {
      /** Present if the request asks for a trace; `inFlight` counts the requests inside handlers when it came. */
      traced?: { readonly trace: Trace; readonly inFlight: number };
    }
  }
}

/** Counts the requests inside handlers, and starts a trace if a request asks for one. */
function traced(): RequestHandler {
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
function send(response: Response, body: Body, status = 200): void {
  const { traced } = response.locals;
  if (traced) response.set(traceHeaders(traced.trace, traced.inFlight));
  response.status(status).type(contentType(body));
  response.send(
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.length),
  );
}

/** The processes that serve this application, under `node:cluster` or alone. */
const processes = cluster.isWorker ? readSettings().workers : 1;
const queries = pooledQueries(connectionsEach(processes));
const runtime = inLineRuntime(wait, computeInLine, queries);

/** @throws ParameterError, which Express passes on to `badParameter` */
const serve =
  (endpoint: Endpoint): RequestHandler =>
  async ({ path, url }, response) => {
    const queryStart = url.indexOf('?');
    const query = queryStart < 0 ? '' : url.slice(queryStart + 1);
    const values = parseParameters(endpoint.parameters, path, query);
    send(response, await endpoint.handle(values, runtime(response.locals.traced?.trace)));
  };

const methodNotAllowed: RequestHandler = (_request, response) => {
  response.set('Allow', 'GET, HEAD');
  send(response, 'method not allowed\n', 405);
};

const routes = express.Router({ caseSensitive: true, strict: true });
const healthz: RequestHandler = (_request, response) => send(response, 'ok\n');
routes.route('/healthz').get(healthz).all(methodNotAllowed);
for (const endpoint of endpoints) {
  routes.route(`/${endpoint.name}`).get(serve(endpoint)).all(methodNotAllowed);
}

/** Answers 404 to paths that Express would route only after it has changed them, such as `http://host/io`. */
const exactPaths: RequestHandler = (request, response, next) => {
  const [sent] = request.url.split('?', 1);
  if (sent === request.path) next();
  else notFound(request, response, next);
};

const notFound: RequestHandler = (_request, response) => {
  send(response, 'not found\n', 404);
};

const badParameter: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof ParameterError) send(response, `${error.message}\n`, 400);
  else next(error);
};

const noDatabase: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof DatabaseUnavailable) send(response, unavailable.body, unavailable.status);
  else next(error);
};

export const app = express();
app.disable('x-powered-by').disable('etag');
app.use(traced(), exactPaths, routes, notFound, badParameter, noDatabase);
