import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { httpListener } from '../kit/http-listener.ts';
import { loadHandler, type ModelSettings, serveHttp } from '../kit/model-process.ts';
import { joinPool, type PoolSeat } from './pool.ts';
import { RequestRuntime } from './request-runtime.ts';

/** What a netpoller thread starts with. */
export interface NetpollerStart {
  readonly name: string;
  readonly settings: ModelSettings;
  readonly seat: PoolSeat;
}

/** A netpoller thread: accepts connections and runs the handlers, which wait here and compute elsewhere. */
const { name, settings, seat }: NetpollerStart = workerData;
const dispatcher = joinPool(seat);
const listener = httpListener(await loadHandler(), {
  worker: name,
  runtime: (trace, response) => new RequestRuntime(dispatcher, trace, response),
});
await serveHttp(createServer(listener), settings, (stop) => parentPort?.once('message', stop));
