import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import cservice from 'cluster-service';
import { reportEventLoopDelay } from '../kit/event-loop-delay.ts';
import { httpListener } from '../kit/http-listener.ts';
import { inLineRuntimeWith } from '../kit/in-line-runtime.ts';
import { endWith, listen, loadHandler, readSettings } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';
import { block } from './block.ts';
import { drain } from './drain.ts';
import { isAccept, loaded } from './messages.ts';
import { readAtOnce } from './read-at-once.ts';
import { rehearse } from './rehearsal.ts';

/** Clients that are slow to send their request get an answer 408 after this. */
const slowestMs = 4_000;
const limits = {
  headersTimeout: slowestMs,
  requestTimeout: slowestMs,
  connectionsCheckingInterval: 500,
};

/** As a blocking call to a database: the process waits, and does nothing else. */
const runtime = inLineRuntimeWith(async (ms) => block(ms));

/** A worker process: accepts a connection when it has none, answers one request on it, and closes it. */
async function runWorker(): Promise<void> {
  const answer = httpListener(await loadHandler(), { worker: String(process.pid), runtime });
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    // Of itself, Node.js would announce the close after the last request and leave it to the client.
    response.shouldKeepAlive = false;
    answer(request, response);
  };
  await rehearse(createServer(serve));
  const http = createServer(limits, serve);
  // What a client sends after its first request reaches no handler.
  http.maxRequestsPerSocket = 1;
  http.on('connection', readAtOnce);

  process.on('message', (message) => {
    if (!isAccept(message)) return;
    void listen(http, readSettings());
    // cluster-service would close it before its queue is empty.
    cservice.netServers.remove(http);
  });
  // The primary decides when to end: a signal sent to all is for it alone.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  reportEventLoopDelay();
  // In this order: the primary tells those to accept that it knows to be loaded when the last one is ready.
  process.send?.(loaded);
  cservice.workerReady({ onWorkerStop: () => drain(http) });
}

cservice.workerReady(false);
runWorker().catch((error: unknown) => endWith(exitCodes.failed, String(error)));
