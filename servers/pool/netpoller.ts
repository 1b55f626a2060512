import { createServer, type ServerResponse } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { Runtime } from '../../workloads/runtime.ts';
import { pooledQueries } from '../kit/database.ts';
import { type HandedOver, serveHandedOver } from '../kit/hand-over.ts';
import { loadHandler } from '../kit/hosted-handler.ts';
import { httpListener } from '../kit/http-listener.ts';
import { type ModelSettings, serveHttp } from '../kit/model-process.ts';
import { wait } from '../kit/runtime.ts';
import { type Trace, timedWait } from '../kit/trace.ts';
import type { NetpollerInit } from './messages.ts';
import { joinPool } from './pool.ts';
import { RequestTasks } from './request-tasks.ts';

/** What a netpoller thread starts with. */
export interface NetpollerData {
  readonly name: string;
  readonly settings: ModelSettings;
  /** Set where there are several netpollers: the main thread then accepts for all of them. */
  readonly handedOver: HandedOver | null;
  readonly init: NetpollerInit;
  /** The most that it may open to the database. */
  readonly databaseConnections: number;
}

/**
 * A netpoller thread: accepts connections, or is handed them, and runs the handlers, which wait here and compute in worker
 * threads.
 */
const { name, settings, handedOver, init, databaseConnections }: NetpollerData = workerData;
const queries = pooledQueries(databaseConnections);
const dispatcher = joinPool(init);

function runtime(trace: Trace | undefined, response: ServerResponse): Runtime {
  let tasks: RequestTasks | undefined;
  function open(): RequestTasks {
    const opened = new RequestTasks(trace);
    if (response.closed) dispatcher.cancel(opened);
    else response.once('close', () => dispatcher.cancel(opened));
    return opened;
  }
  return {
    wait: (ms) => timedWait(trace, () => wait(ms)),
    query: (sql, values) => timedWait(trace, () => queries.query(sql, values)),
    transaction: (work) => timedWait(trace, () => queries.transaction(work)),
    compute(task, argument, transfer) {
      tasks ??= open();
      return dispatcher.compute(tasks, task, argument, transfer);
    },
  };
}

const listener = httpListener(await loadHandler(), { worker: name, runtime });
const server = createServer(listener);
if (handedOver) serveHandedOver(server, handedOver);
else await serveHttp(server, settings, (stop) => parentPort?.once('message', stop));
