import { createServer } from 'node:http';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { cpu } from '../../../workloads/cpu.ts';
import { fanout } from '../../../workloads/fanout.ts';
import { repeatFibonacci } from '../../../workloads/fibonacci.ts';
import { hello } from '../../../workloads/hello.ts';
import { io } from '../../../workloads/io.ts';
import {
  ParameterError,
  type ParameterTable,
  type ParameterValues,
  parseParameters,
} from '../../../workloads/parameters.ts';
import { readSettings, serveHttp } from '../../kit/model-process.ts';
import { wait } from '../../kit/runtime.ts';
import { newTrace, type Trace, timedCompute, timedWait, traceHeaders } from '../../kit/trace.ts';

/** The workloads as an Express application; see docs/wire-contract.md. */

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
function send(response: Response, body: string, status = 200): void {
  const { traced } = response.locals;
  if (traced) response.set(traceHeaders(traced.trace, traced.inFlight));
  response.status(status).type('text/plain').send(body);
}

const workloads = express.Router({ caseSensitive: true, strict: true });

workloads.get('/healthz', (_request, response) => {
  send(response, 'ok\n');
});

workloads.get('/hello', (request, response) => {
  parametersOf(hello.parameters, request);
  send(response, 'hello, world\n');
});

// Express 5 awaits its handlers.
// oxlint-disable-next-line oxc/no-async-endpoint-handlers
workloads.get('/io', async (request, response) => {
  const { ms } = parametersOf(io.parameters, request);
  await timedWait(response.locals.traced?.trace, () => wait(ms));
  send(response, `waited ${ms} ms\n`);
});

workloads.get('/cpu', (request, response) => {
  const { n, times } = parametersOf(cpu.parameters, request);
  const sum = timedCompute(response.locals.traced?.trace, () => repeatFibonacci({ n, times }));
  send(response, times === 1 ? `fib(${n}) = ${sum}\n` : `${times} * fib(${n}) = ${sum}\n`);
});

workloads.get('/fanout', (request, response) => {
  const { parts, n } = parametersOf(fanout.parameters, request);
  const work = { n, times: parts };
  const sum = timedCompute(response.locals.traced?.trace, () => repeatFibonacci(work));
  send(response, `fanout(${parts}, ${n}) = ${sum}\n`);
});

workloads.all(['/healthz', '/hello', '/io', '/cpu', '/fanout'], (_request, response) => {
  response.set('Allow', 'GET, HEAD');
  send(response, 'method not allowed\n', 405);
});

/** @throws ParameterError */
function parametersOf<Table extends ParameterTable>(
  table: Table,
  { path, url }: Request,
): ParameterValues<Table> {
  const queryStart = url.indexOf('?');
  return parseParameters(table, path, queryStart < 0 ? '' : url.slice(queryStart + 1));
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

const app = express();
app.disable('x-powered-by').disable('etag');
app.use(traced(), exactPaths, workloads, notFound, badParameter);
await serveHttp(createServer(app), readSettings());
