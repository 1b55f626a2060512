import { createServer } from 'node:http';
import { workerData } from 'node:worker_threads';
import { connectionsPerListener, pooledQueries } from '../kit/database.ts';
import { type HandedOver, serveHandedOver } from '../kit/hand-over.ts';
import { loadHandler } from '../kit/hosted-handler.ts';
import { httpListener } from '../kit/http-listener.ts';
import { readSettings } from '../kit/model-process.ts';
import { computeInLine, inLineRuntime, wait } from '../kit/runtime.ts';

/** An event loop: serves the connections that the main thread hands over, and computes in line. */
const handedOver: HandedOver = workerData;
const queries = pooledQueries(connectionsPerListener(readSettings().workers, handedOver.index));
const model = {
  worker: `loop-${handedOver.index + 1}`,
  runtime: inLineRuntime(wait, computeInLine, queries),
};
serveHandedOver(createServer(httpListener(await loadHandler(), model)), handedOver);
