import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import cservice from 'cluster-service';
import { mostBodyBytes } from '../../workloads/endpoints.ts';
import { reportEventLoopDelay } from '../kit/event-loop-delay.ts';
import { httpListener } from '../kit/http-listener.ts';
import { endWith, listen, readSettings } from '../kit/model-process.ts';
import { block, computeBlocking, inLineRuntime } from '../kit/runtime.ts';
import { exitCodes } from '../server.ts';
import { loadBlockingHandler } from './blocking-handler.ts';
import { blockingQueries } from './blocking-queries.ts';
import { drain, readAtOnce } from './connections.ts';
import { isAccept, loaded } from './messages.ts';
import { warmUpJit } from './warm-up-jit.ts';

/** Clients that take longer to send their request are answered 408. */
const slowestMs = 4_000;
const limits = {
  headersTimeout: slowestMs,
  requestTimeout: slowestMs,
  connectionsCheckingInterval: 500,
};

const runtime = inLineRuntime(async (ms) => block(ms), computeBlocking, blockingQueries());

/** A worker process: accepts a connection when it has none, answers one request on it, and closes it. */
async function runWorker(): Promise<void> {
  const answer = httpListener(await loadBlockingHandler(), {
    worker: String(process.pid),
    runtime,
  });
  const requests = new WeakMap<Socket, IncomingMessage>();
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    requests.set(request.socket, request);
    // By default, Node.js would announce the close after the last request and leave it to the client.
    response.shouldKeepAlive = false;
    answer(request, response);
  };
  await warmUpJit(createServer(serve));
  const http = createServer(limits, serve);
  // Bytes that a client sends after its first request reach no handler.
  http.maxRequestsPerSocket = 1;
  http.on('connection', (socket) => readAtOnce(socket, () => lacksBody(requests.get(socket))));

  // One that replaces another while the server starts may be sent `accept` twice.
  let accepts = false;
  process.on('message', (message) => {
    if (!isAccept(message) || accepts) return;
    accepts = true;
    void listen(http, readSettings());
    // cluster-service would close it before its queue is empty.
    cservice.netServers.remove(http);
  });
  // A signal sent to the whole group is for the primary, which decides when workers end.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  reportEventLoopDelay();
  // In this order: when the last worker is ready, the primary sends `accept` to all that have reported `loaded`.
  process.send?.(loaded);
  cservice.workerReady({ onWorkerStop: () => drain(http) });
}

/** Whether the rest of a body is to be read: of a request that may have one, and as long as it is not too large. */
function lacksBody(request: IncomingMessage | undefined): boolean {
  if (!request || request.complete || request.method !== 'POST') return false;
  const announcedBytes = Number(request.headers['content-length'] ?? 0);
  return Math.max(announcedBytes, request.readableLength) <= mostBodyBytes;
}

cservice.workerReady(false);
runWorker().catch((error: unknown) => endWith(exitCodes.failed, String(error)));
