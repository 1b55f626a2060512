import { createServer, type Socket } from 'node:net';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { endWith, listen, onStop, readSettings } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';
import { ConnectionCounts } from './connection-counts.ts';
import type { LoopData } from './worker.ts';

/** The main thread accepts connections and hands each one to the loop that has the fewest; the loops serve. */

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

const settings = readSettings();
const counts = ConnectionCounts.allocate(settings.workers);

/** Resolves when the loop can serve. Its thread ends when it has stopped and answered everything. */
function startLoop(index: number): Promise<Worker> {
  const workerData: LoopData = { index, counts: counts.memory };
  const thread = new Worker(workerUrl, { workerData });
  thread.once('error', ({ message }: Error) =>
    endWith(exitCodes.failed, `the thread of loop ${index + 1} died: ${message}`),
  );
  return new Promise((resolve) => {
    thread.once('message', () => resolve(thread));
  });
}

const loops = await Promise.all(
  Array.from({ length: settings.workers }, (_, index) => startLoop(index)),
);

// As node:http creates its own sockets, and paused: a socket that has read something cannot be transferred.
const options = { pauseOnConnect: true, allowHalfOpen: true, noDelay: true };
const acceptor = createServer(options, (socket: Socket) => {
  const index = counts.addToFewest();
  loops[index]?.postMessage(socket, [socket]);
});

let running = loops.length;
for (const loop of loops) {
  loop.once('exit', (code) => {
    running -= 1;
    if (code !== 0 || running === 0) process.exit(code);
  });
}
onStop(() => {
  acceptor.close();
  for (const loop of loops) loop.postMessage('stop');
});
await listen(acceptor, settings);
