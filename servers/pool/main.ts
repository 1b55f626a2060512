import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { connectionsPerListener } from '../kit/database.ts';
import { endWithThreads, handedOverTo, handOver } from '../kit/hand-over.ts';
import { endWith, onStop, readSettings, readWholeNumber } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';
import type { NetpollerData } from './netpoller.ts';
import { startPool } from './pool.ts';
import { poolSettings } from './server.ts';

/** The main thread starts the worker threads, which it keeps up, and then the netpollers, which serve. */

const netpollerUrl = new URL(`./netpoller${extname(import.meta.filename)}`, import.meta.url);
const fail = ({ message }: Error) => endWith(exitCodes.failed, message);

const settings = readSettings();
const netpollerCount = readSetting('netpollers', 1);
const pool = await startPool({
  workers: settings.workers,
  netpollers: netpollerCount,
  queueLimit: readSetting('queueLimit', Number.POSITIVE_INFINITY),
  onFailure: fail,
}).catch(fail);
export const { workerThreads } = pool;

const handedOver = netpollerCount > 1 ? handedOverTo(netpollerCount) : [];
const netpollers = pool.netpollers.map((init, index) => {
  const workerData: NetpollerData = {
    name: `netpoller-${index + 1}`,
    settings,
    handedOver: handedOver[index] ?? null,
    init,
    databaseConnections: connectionsPerListener(netpollerCount, index),
  };
  const thread = new Worker(netpollerUrl, { workerData, transferList: [init.mainThread] });
  return thread.once('error', ({ message }: Error) =>
    endWith(exitCodes.failed, `a netpoller thread died: ${message}`),
  );
});
// A netpoller ends when it has stopped and answered everything, or because something went wrong.
endWithThreads(netpollers);
const [first] = handedOver;
if (first) {
  await Promise.all(netpollers.map((netpoller) => once(netpoller, 'message')));
  await handOver(netpollers, first, settings);
} else {
  onStop(() => {
    for (const netpoller of netpollers) netpoller.postMessage('stop');
  });
}

function readSetting(name: keyof typeof poolSettings, otherwise: number): number {
  const { variable, maximum } = poolSettings[name];
  return readWholeNumber(variable, maximum, otherwise);
}
