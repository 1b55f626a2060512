import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { connectionsEach, pooledQueries } from '../kit/database.ts';
import { httpListener } from '../kit/http-listener.ts';
import { loadHandler, readSettings, serveConnections } from '../kit/model-process.ts';
import { computeInLine, inLineRuntime, wait } from '../kit/runtime.ts';
import { ConnectionCounts } from './connection-counts.ts';

/** What the thread of an event loop starts with. */
export interface LoopData {
  readonly index: number;
  readonly counts: SharedArrayBuffer;
}

/** An event loop: serves the connections that the main thread hands over, and computes in line. */
const { index, counts: memory }: LoopData = workerData;
const counts = new ConnectionCounts(memory);

const model = {
  worker: `loop-${index + 1}`,
  runtime: inLineRuntime(
    wait,
    computeInLine,
    pooledQueries(connectionsEach(readSettings().workers)),
  ),
};
const server = createServer(httpListener(await loadHandler(), model));
const drain = serveConnections(server);
// Node.js tracks the connections of a server, for time limits and for draining, once it listens.
server.emit('listening');

parentPort?.on('message', (message: unknown) => {
  if (!(message instanceof Socket)) return drain();
  message.once('close', () => counts.remove(index));
  server.emit('connection', message);
});
parentPort?.postMessage('ready');
