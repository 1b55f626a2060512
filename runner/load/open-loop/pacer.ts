import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { monotonicMs } from '../../../servers/kit/runtime.ts';

/** The cells of the memory that pacer and loop share. */
export const cells = { stopped: 0, wakePending: 1, dispatched: 2, count: 3 } as const;

export interface PacerData {
  readonly offsetsMs: Float64Array<SharedArrayBuffer>;
  readonly state: Int32Array<SharedArrayBuffer>;
}

/** Wakes the loop when requests are due. Node's timers are whole ms; a thread on a futex is ten times as exact. */
export class Pacer {
  readonly #worker: Worker;
  readonly #state: Int32Array<SharedArrayBuffer>;

  private constructor(worker: Worker, state: Int32Array<SharedArrayBuffer>) {
    this.#worker = worker;
    this.#state = state;
  }

  /** @param offsetsMs when to wake, ascending, in ms from the start */
  static async create(offsetsMs: Float64Array<SharedArrayBuffer>): Promise<Pacer> {
    const state = new Int32Array(new SharedArrayBuffer(cells.count * Int32Array.BYTES_PER_ELEMENT));
    const file = new URL(`./pacer-thread${extname(import.meta.filename)}`, import.meta.url);
    const workerData: PacerData = { offsetsMs, state };
    const worker = new Worker(file, { workerData });
    await once(worker, 'online');
    return new Pacer(worker, state);
  }

  /**
   * Calls `wake` whenever an offset has come that has not been dispatched yet.
   * @param startMs in ms of `performance.now()`
   */
  start(startMs: number, wake: () => void): void {
    this.#worker.on('message', () => {
      Atomics.store(this.#state, cells.wakePending, 0);
      wake();
    });
    // The shared clock is read first: an interruption between the two readings makes the pacer early, which is harmless.
    this.#worker.postMessage(monotonicMs() + (startMs - performance.now()));
  }

  /** Sets how many of the offsets, from the first on, need no waking any more. */
  dispatched(count: number): void {
    Atomics.store(this.#state, cells.dispatched, count);
  }

  async stop(): Promise<void> {
    Atomics.store(this.#state, cells.stopped, 1);
    Atomics.notify(this.#state, cells.stopped);
    await this.#worker.terminate();
  }
}
