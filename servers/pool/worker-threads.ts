import { extname } from 'node:path';
import { isNativeError } from 'node:util/types';
import { MessageChannel, type MessagePort, type ResourceLimits, Worker } from 'node:worker_threads';
import type { FromMain, WorkerInit } from './messages.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly netpollers: number;
  /** How many computations may wait for a worker thread; Infinity for no limit. */
  readonly queueLimit: number;
  /** Of each worker thread; if left out, Node.js's own. */
  readonly resourceLimits?: ResourceLimits;
  /** Called when a worker thread that ended cannot be replaced. */
  readonly onFailure: (error: Error) => void;
}

interface WorkerThreadsOptions extends Omit<PoolOptions, 'netpollers'> {
  readonly queueMemory: SharedArrayBuffer;
  readonly slotsEach: number;
  readonly netpollers: readonly MessagePort[];
}

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
const startAttempts = 5;

/** A constant number of worker threads: each one that ends is replaced. */
export class WorkerThreads {
  /** The running threads by number; no number is used twice. */
  readonly threads = new Map<number, Worker>();
  readonly #options: WorkerThreadsOptions;
  #lastNumber = 0;
  #terminated = false;

  private constructor(options: WorkerThreadsOptions) {
    this.#options = options;
  }

  /** Resolves when all worker threads are up; rejects if one cannot start. */
  static async start(options: WorkerThreadsOptions): Promise<WorkerThreads> {
    const threads = new WorkerThreads(options);
    await Promise.all(Array.from({ length: options.workers }, () => threads.#startOne()));
    return threads;
  }

  /** Ends all worker threads and replaces none. */
  async terminate(): Promise<void> {
    this.#terminated = true;
    for (const port of this.#options.netpollers) port.close();
    await Promise.all([...this.threads.values()].map((thread) => thread.terminate()));
  }

  async #startOne(): Promise<void> {
    let failure: string | undefined;
    for (let attempt = 1; attempt <= startAttempts; attempt++) {
      failure = await this.#tryToStart(++this.#lastNumber);
      if (failure === undefined) return;
    }
    throw new Error(`worker threads cannot start: the last one ${failure}`);
  }

  /** Starts a thread that is replaced when it ends. Resolves with how it ended if it never came up. */
  #tryToStart(worker: number): Promise<string | undefined> {
    const { queueMemory, slotsEach, netpollers, resourceLimits = {} } = this.#options;
    const channels = netpollers.map(() => new MessageChannel());
    const ports = channels.map(({ port2 }) => port2);
    const init: WorkerInit = { worker, queueMemory, slotsEach, ports };
    const thread = new Worker(workerUrl, { workerData: init, transferList: ports, resourceLimits });
    for (const [index, { port1: port }] of channels.entries()) {
      netpollers[index]?.postMessage({ started: worker, port } satisfies FromMain, [port]);
    }
    return new Promise((resolve) => {
      let isUp = false;
      let reason: string | undefined;
      thread.once('message', () => {
        isUp = true;
        this.threads.set(worker, thread);
        if (this.#terminated) thread.terminate().catch(this.#options.onFailure);
        resolve(undefined);
      });
      thread.once('error', (error) => {
        reason = describe(error);
      });
      thread.once('exit', (code) => {
        reason ??= `exited with code ${code}`;
        this.threads.delete(worker);
        for (const port of netpollers) {
          port.postMessage({ ended: worker, reason } satisfies FromMain);
        }
        if (this.#terminated) resolve(undefined);
        else if (isUp) this.#startOne().catch(this.#options.onFailure);
        else resolve(reason);
      });
    });
  }
}

function describe(error: unknown): string {
  if (!isNativeError(error)) return `died of ${String(error)}`;
  const isOutOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? 'ran out of memory' : `died: ${error.message}`;
}
