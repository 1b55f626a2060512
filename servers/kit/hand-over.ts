import type { Server as HttpServer } from 'node:http';
import { createServer, Socket } from 'node:net';
import { parentPort, type Worker } from 'node:worker_threads';
import { ConnectionCounts } from './connection-counts.ts';
import { listen, type ModelSettings, onStop, serveConnections } from './model-process.ts';

/** What a thread needs to serve connections that the main thread hands over. */
export interface HandedOver {
  readonly index: number;
  readonly counts: SharedArrayBuffer;
}

/** What each of some threads needs, by its index. */
export function handedOverTo(threads: number): HandedOver[] {
  const counts = ConnectionCounts.allocate(threads).memory;
  return Array.from({ length: threads }, (_, index) => ({ index, counts }));
}

// As node:http creates its own sockets, and paused: a socket that has read something cannot be transferred.
const socketOptions = { pauseOnConnect: true, allowHalfOpen: true, noDelay: true };

/**
 * Accepts connections in the main thread and hands each one to the thread that has the fewest. Resolves when it listens;
 * on SIGTERM it stops, and so do the threads.
 *
 * @param threads have called `serveHandedOver`, or will
 */
export async function handOver(
  threads: readonly Worker[],
  { counts: memory }: Pick<HandedOver, 'counts'>,
  settings: ModelSettings,
): Promise<void> {
  const counts = new ConnectionCounts(memory);
  const acceptor = createServer(socketOptions, (socket: Socket) => {
    threads[counts.addToFewest()]?.postMessage(socket, [socket]);
  });
  onStop(() => {
    acceptor.close();
    for (const thread of threads) thread.postMessage('stop');
  });
  await listen(acceptor, settings);
}

/** Serves the connections that the main thread hands over to this thread, until it says to stop. */
export function serveHandedOver(server: HttpServer, { index, counts: memory }: HandedOver): void {
  const counts = new ConnectionCounts(memory);
  const drain = serveConnections(server);
  // Node.js tracks the connections of a server, for time limits and for draining, once it listens.
  server.emit('listening');
  parentPort?.on('message', (message: unknown) => {
    if (!(message instanceof Socket)) return drain();
    message.once('close', () => counts.remove(index));
    server.emit('connection', message);
  });
  parentPort?.postMessage('ready');
}

/** Ends the process with the last of its threads, or with the first one that fails. */
export function endWithThreads(threads: readonly Worker[]): void {
  let running = threads.length;
  for (const thread of threads) {
    thread.once('exit', (code) => {
      running -= 1;
      if (code !== 0 || running === 0) process.exit(code);
    });
  }
}
