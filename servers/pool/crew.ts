import { extname } from 'node:path';
import { isNativeError } from 'node:util/types';
import { MessageChannel, type MessagePort, type ResourceLimits, Worker } from 'node:worker_threads';
import type { ToNetpoller } from './messages.ts';
import type { WorkerStart } from './worker.ts';

export interface CrewOptions {
  readonly workers: number;
  readonly queueMemory: SharedArrayBuffer;
  readonly slotsEach: number;
  readonly netpollers: readonly MessagePort[];
  readonly resourceLimits: ResourceLimits;
  /** Called when a worker thread that ended cannot be replaced. */
  readonly onFailure: (error: Error) => void;
}

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
const startAttempts = 5;

/** The worker threads: always as many as asked for, whatever becomes of them. */
export class Crew {
  /** Those that are up, by number; a number is never given again. */
  readonly threads = new Map<number, Worker>();
  readonly #options: CrewOptions;
  #hired = 0;
  #dismissed = false;

  private constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Resolves when all worker threads are up; rejects when one cannot start. */
  static async hire(options: CrewOptions): Promise<Crew> {
    const crew = new Crew(options);
    await Promise.all(Array.from({ length: options.workers }, () => crew.#hireOne()));
    return crew;
  }

  /** Ends all worker threads, for good. */
  async dismiss(): Promise<void> {
    this.#dismissed = true;
    for (const port of this.#options.netpollers) port.close();
    await Promise.all([...this.threads.values()].map((thread) => thread.terminate()));
  }

  async #hireOne(): Promise<void> {
    let failure: string | undefined;
    for (let attempt = 1; attempt <= startAttempts; attempt++) {
      failure = await this.#startThread(++this.#hired);
      if (failure === undefined) return;
    }
    throw new Error(`worker threads cannot start: the last one ${failure}`);
  }

  /** Starts a thread, and has it replaced when it ends. Resolves with how it ended if it never got up. */
  #startThread(worker: number): Promise<string | undefined> {
    const { queueMemory, slotsEach, netpollers, resourceLimits } = this.#options;
    const channels = netpollers.map(() => new MessageChannel());
    const ports = channels.map(({ port2 }) => port2);
    const start: WorkerStart = { worker, queueMemory, slotsEach, ports };
    const thread = new Worker(workerUrl, {
      workerData: start,
      transferList: ports,
      resourceLimits,
    });
    for (const [index, { port1: port }] of channels.entries()) {
      netpollers[index]?.postMessage({ hired: worker, port } satisfies ToNetpoller, [port]);
    }
    return new Promise((resolve) => {
      let isUp = false;
      let reason: string | undefined;
      thread.once('message', () => {
        isUp = true;
        this.threads.set(worker, thread);
        if (this.#dismissed) thread.terminate().catch(this.#options.onFailure);
        resolve(undefined);
      });
      thread.once('error', (error) => {
        reason = describe(error);
      });
      thread.once('exit', (code) => {
        reason ??= `exited with code ${code}`;
        this.threads.delete(worker);
        for (const port of netpollers) {
          port.postMessage({ ended: worker, reason } satisfies ToNetpoller);
        }
        if (this.#dismissed) resolve(undefined);
        else if (isUp) this.#hireOne().catch(this.#options.onFailure);
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
