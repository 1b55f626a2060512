import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from '../../../servers/kit/runtime.ts';
import { cells, type PacerData } from './pacer.ts';

/** The loop is woken at most this often: what is due in between is dispatched together. */
const minSleepMs = 0.2;

const { offsetsMs, state } = workerData as PacerData;

parentPort?.once('message', (startMs: number) => {
  for (;;) {
    const offsetMs = offsetsMs[Atomics.load(state, cells.dispatched)];
    if (offsetMs === undefined) return;
    const leftMs = startMs + offsetMs - monotonicMs();
    if (leftMs <= 0 && Atomics.exchange(state, cells.wakePending, 1) === 0) {
      parentPort?.postMessage(null);
    }
    const woken = Atomics.wait(state, cells.stopped, 0, Math.max(leftMs, minSleepMs));
    if (woken !== 'timed-out') return;
  }
});
