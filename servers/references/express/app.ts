import cluster from 'node:cluster';
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { contentType, serveEndpoint } from '../../../workloads/application.ts';
import { allowedMethods, endpoints } from '../../../workloads/endpoints.ts';
import type { Body } from '../../../workloads/runtime.ts';
import type { Endpoint } from '../../../workloads/workload.ts';
import {
  connectionsPerListener,
  DatabaseUnavailable,
  pooledQueries,
  unavailable,
} from '../../kit/database.ts';
import { readSettings } from '../../kit/model-process.ts';
import { readBody } from '../../kit/request-body.ts';
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
/** Names the worker under `node:cluster`, from 0. */
export const indexVariable = 'WORKER_INDEX';
const index = Number(process.env[indexVariable] ?? 0);
const queries = pooledQueries(connectionsPerListener(processes, index));
const runtime = inLineRuntime(wait, computeInLine, queries);

const serve =
  (endpoint: Endpoint): RequestHandler =>
  async (request, response) => {
    const work = {
      target: request.url,
      readBody: (mostBytes: number) => readBody(request, mostBytes),
    };
    const { trace } = response.locals.traced ?? {};
    const { status, body } = await serveEndpoint(endpoint, work, runtime(trace));
    send(response, body, status);
  };

const methodNotAllowed =
  (endpoint?: Endpoint): RequestHandler =>
  (_request, response) => {
    response.set('Allow', allowedMethods(endpoint).join(', '));
    send(response, 'method not allowed\n', 405);
  };

const routes = express.Router({ caseSensitive: true, strict: true });
const healthz: RequestHandler = (_request, response) => send(response, 'ok\n');
routes.route('/healthz').get(healthz).all(methodNotAllowed());
for (const endpoint of endpoints) {
  const route = routes.route(`/${endpoint.name}`);
  if (allowedMethods(endpoint).includes('POST')) route.post(serve(endpoint));
  else route.get(serve(endpoint));
  route.all(methodNotAllowed(endpoint));
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

const noDatabase: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof DatabaseUnavailable) send(response, unavailable.body, unavailable.status);
  else next(error);
};

export const app = express();
app.disable('x-powered-by').disable('etag');
app.use(traced(), exactPaths, routes, notFound, noDatabase);
