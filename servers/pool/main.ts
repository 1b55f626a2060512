import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { exitCodes } from '../exit-codes.ts';
import { endWith, onStop, readSettings, readWholeNumber } from '../model-process.ts';
import type { NetpollerStart } from './netpoller.ts';
import { startPool } from './pool.ts';

const netpollerUrl = new URL(`./netpoller${extname(import.meta.filename)}`, import.meta.url);

/** The main thread: starts the others, and sees to it that there are always enough of them. */
const settings = readSettings();
const netpollers = readWholeNumber('POOL_NETPOLLERS', 1_000, 1);
const { seats } = await startPool({
  workers: settings.workers,
  netpollers,
  queueLimit: readWholeNumber('POOL_QUEUE_LIMIT', 1_000_000_000, Number.POSITIVE_INFINITY),
  onFailure: ({ message }) => endWith(exitCodes.failed, message),
}).catch(({ message }) => endWith(exitCodes.failed, message));

const threads = seats.map((seat, index) => {
  const start: NetpollerStart = {
    name: `netpoller-${index + 1}`,
    settings: { ...settings, reusePort: netpollers > 1 },
    seat,
  };
  return new Worker(netpollerUrl, { workerData: start, transferList: [seat.mainThread] });
});

onStop(() => {
  for (const thread of threads) thread.postMessage('stop');
});
let running = threads.length;
for (const thread of threads) {
  thread.once('error', (error) => endWith(exitCodes.failed, `a netpoller thread died: ${error}`));
  thread.once('exit', (code) => {
    running -= 1;
    if (code !== 0 || running === 0) process.exit(code);
  });
}
