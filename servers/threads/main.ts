import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { endWithThreads, type HandedOver, handedOverTo, handOver } from '../kit/hand-over.ts';
import { endWith, readSettings } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';

/** The main thread accepts connections and hands each one to the loop that has the fewest; the loops serve. */

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

const settings = readSettings();
const handedOver = handedOverTo(settings.workers);
const loops = handedOver.map((workerData: HandedOver) =>
  new Worker(workerUrl, { workerData }).once('error', ({ message }: Error) =>
    endWith(exitCodes.failed, `the thread of loop ${workerData.index + 1} died: ${message}`),
  ),
);
endWithThreads(loops);
// All can serve before the server listens.
await Promise.all(loops.map((loop) => once(loop, 'message')));
const [first] = handedOver;
if (first) await handOver(loops, first, settings);
