import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { endWith, type ModelSettings, onStop, readWholeNumber } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';
import type { Crew } from './crew.ts';
import type { NetpollerStart } from './netpoller.ts';
import { startPool } from './pool.ts';
import { poolSettings } from './server.ts';

const netpollerUrl = new URL(`./netpoller${extname(import.meta.filename)}`, import.meta.url);

/**
 * Serves from worker threads and netpoller threads; this thread only starts them and sees to it that there are
 * enough of them.
 */
export async function servePool(settings: ModelSettings): Promise<Crew> {
  const netpollers = readSetting(poolSettings.netpollers, 1);
  const fail = ({ message }: Error) => endWith(exitCodes.failed, message);
  const { crew, seats } = await startPool({
    workers: settings.workers,
    netpollers,
    queueLimit: readSetting(poolSettings.queueLimit, Number.POSITIVE_INFINITY),
    onFailure: fail,
  }).catch(fail);

  const reusePort = netpollers > 1;
  const threads = seats.map((seat, index) =>
    startNetpoller({
      name: `netpoller-${index + 1}`,
      settings: { ...settings, reusePort },
      seat,
    }),
  );
  onStop(() => {
    for (const thread of threads) thread.postMessage('stop');
  });
  exitWithTheLastOf(threads);
  return crew;
}

function readSetting(
  { variable, maximum }: { variable: string; maximum: number },
  otherwise: number,
): number {
  return readWholeNumber(variable, maximum, otherwise);
}

function startNetpoller(start: NetpollerStart): Worker {
  const thread = new Worker(netpollerUrl, {
    workerData: start,
    transferList: [start.seat.mainThread],
  });
  return thread.once('error', ({ message }: Error) =>
    endWith(exitCodes.failed, `a netpoller thread died: ${message}`),
  );
}

/** Netpollers end when they were asked to and have answered everything, or else with what went wrong. */
function exitWithTheLastOf(netpollers: readonly Worker[]): void {
  let running = netpollers.length;
  for (const thread of netpollers) {
    thread.once('exit', (code) => {
      running -= 1;
      if (code !== 0 || running === 0) process.exit(code);
    });
  }
}
