import express, { type Express, Router } from 'express';
import { cpu } from '../../../workloads/cpu/cpu.ts';
import { fibonacci, repeatFibonacci } from '../../../workloads/cpu/fibonacci.ts';
import { fanout } from '../../../workloads/fanout/fanout.ts';
import { hello } from '../../../workloads/hello/hello.ts';
import { io } from '../../../workloads/io/io.ts';
import { wait } from '../../kit/wait.ts';
import { badParameter, exactPaths, methodNotAllowed, notFound } from './errors.ts';
import { parametersOf } from './parameters.ts';
import { computing, send, traced, waiting } from './tracing.ts';

/** The workloads as an Express application; see docs/wire-contract.md. */
export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(traced(), exactPaths, workloads(), notFound, badParameter);
  return app;
}

function workloads(): Router {
  const router = Router({ caseSensitive: true, strict: true });

  router.get('/healthz', (_request, response) => {
    send(response, 'ok\n');
  });

  router.get('/hello', (request, response) => {
    parametersOf(hello.parameters, request);
    send(response, 'hello, world\n');
  });

  // Express 5 awaits its handlers.
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers
  router.get('/io', async (request, response) => {
    const { ms } = parametersOf(io.parameters, request);
    await waiting(response, () => wait(ms));
    send(response, `waited ${ms} ms\n`);
  });

  router.get('/cpu', (request, response) => {
    const { n, times } = parametersOf(cpu.parameters, request);
    const sum = computing(response, () => repeatFibonacci({ n, times }));
    send(response, times === 1 ? `fib(${n}) = ${sum}\n` : `${times} * fib(${n}) = ${sum}\n`);
  });

  router.get('/fanout', (request, response) => {
    const { parts, n } = parametersOf(fanout.parameters, request);
    let sum = 0;
    for (let part = 0; part < parts; part += 1) sum += computing(response, () => fibonacci(n));
    send(response, `fanout(${parts}, ${n}) = ${sum}\n`);
  });

  router.all(['/healthz', '/hello', '/io', '/cpu', '/fanout'], methodNotAllowed);
  return router;
}
