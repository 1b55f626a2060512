import { parentPort, workerData } from 'node:worker_threads';
import { monotonicOffsetMs } from './monotonic-clock.ts';
import { cells, type PacerData } from './pacer.ts';

/** The loop is woken at most this often: what comes due meanwhile is dispatched together. */
const shortestSleepMs = 0.2;

const { offsetsMs, state } = workerData as PacerData;

parentPort?.once('message', (monotonicStartMs: number) => {
  keepTime(monotonicStartMs - monotonicOffsetMs());
});

function keepTime(startMs: number): void {
  for (;;) {
    const offsetMs = offsetsMs[Atomics.load(state, cells.dispatched)];
    if (offsetMs === undefined) return;
    const leftMs = startMs + offsetMs - performance.now();
    if (leftMs <= 0 && Atomics.exchange(state, cells.wakePending, 1) === 0) {
      parentPort?.postMessage(null);
    }
    if (Atomics.wait(state, cells.stopped, 0, Math.max(leftMs, shortestSleepMs)) !== 'timed-out') {
      return;
    }
  }
}
