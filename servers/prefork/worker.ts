import { createServer } from 'node:http';
import { Socket } from 'node:net';
import cservice from 'cluster-service';
import type { Handler } from '../../workloads/runtime.ts';
import { tellEventLoopDelay } from '../event-loop-delay.ts';
import { exitCodes } from '../exit-codes.ts';
import { httpListener, type Model } from '../http-listener.ts';
import { inLineRuntime } from '../in-line-runtime.ts';
import { endWith, loadHandler } from '../model-process.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { type Idle, isHurry, isTurn } from './messages.ts';
import { Patience } from './patience.ts';

/** Clients that were queued for no longer are taken to be still there. */
const patientMs = 500;
const idle: Idle = { cservice: {}, idle: true };

/** A worker process: takes a connection when it has none, answers one request on it, and closes it. */
async function runWorker(): Promise<void> {
  const hosted = await loadHandler();
  const patience = new Patience();
  let connection: Socket | undefined;
  let isHandling = false;
  let queueMs = 0;

  const endTurn = (socket: Socket) => {
    if (socket !== connection || isHandling) return;
    connection = undefined;
    patience.stopWaiting();
    process.send?.(idle);
  };
  const handler: Handler = async (request, runtime) => {
    isHandling = true;
    try {
      return await hosted(request, runtime);
    } finally {
      isHandling = false;
      // There is nobody left to answer.
      if (connection?.destroyed) endTurn(connection);
    }
  };
  const model: Model = {
    worker: String(process.pid),
    runtime(trace) {
      if (trace) trace.queueMs = queueMs;
      return inLineRuntime(trace);
    },
  };

  const answer = httpListener(handler, model);
  const http = createServer((request, response) => {
    const { socket } = request;
    patience.stopWaiting();
    // Of itself, Node.js would announce the close after the last request and leave it to the client.
    response.shouldKeepAlive = false;
    // The answer is sent, or its client has left.
    response.once('close', () => endTurn(socket));
    const take = () => {
      if (socket.writable) answer(request, response);
      else socket.destroy();
    };
    // Whether a client has left is seen when its socket is polled once more.
    if (queueMs < patientMs) take();
    else setImmediate(setImmediate, take);
  });
  // What a client sends after its first request reaches no handler.
  http.maxRequestsPerSocket = 1;

  process.on('message', (message, socket) => {
    if (isHurry(message)) patience.hurry();
    if (!isTurn(message) || !(socket instanceof Socket)) return;
    queueMs = monotonicMs() - message.acceptedMs;
    connection = socket;
    patience.waitFor(socket);
    socket.once('close', () => endTurn(socket));
    http.emit('connection', socket);
  });
  // The primary decides when to end: a signal sent to all is for it alone.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  tellEventLoopDelay();
  cservice.workerReady();
  process.send?.(idle);
}

cservice.workerReady(false);
runWorker().catch((error: unknown) => endWith(exitCodes.failed, String(error)));
