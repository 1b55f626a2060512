import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';

export interface Assignment {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly argument: unknown;
}

export type Completion =
  | { readonly result: unknown; readonly computeMs: number }
  | { readonly error: unknown };

/** A computation's result, which thread computed it, and how long it was queued before, in ms. */
export interface Computed {
  readonly result: unknown;
  readonly worker: string;
  readonly queueMs: number;
  readonly computeMs: number;
}

interface Computation {
  readonly assignment: Assignment;
  readonly queuedAtMs: number;
  readonly resolve: (computed: Computed) => void;
  readonly reject: (error: unknown) => void;
}

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

/** Worker threads that serve one run queue, first come first served, each computing one thing at a time. */
export class ThreadPool {
  readonly #queue: Computation[] = [];
  readonly #idle: Worker[] = [];

  /** Resolves when all threads run. */
  static async start(threads: number): Promise<ThreadPool> {
    const pool = new ThreadPool();
    await Promise.all(Array.from({ length: threads }, () => pool.#hire()));
    return pool;
  }

  compute<Argument, Result>(task: Task<Argument, Result>, argument: Argument): Promise<Computed> {
    const { moduleUrl, exportName } = task;
    return new Promise((resolve, reject) => {
      const assignment = { moduleUrl, exportName, argument };
      this.#queue.push({ assignment, queuedAtMs: performance.now(), resolve, reject });
      this.#dispatch();
    });
  }

  async #hire(): Promise<void> {
    const worker = new Worker(workerUrl);
    await once(worker, 'online');
    this.#idle.push(worker);
    this.#dispatch();
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop();
      const computation = this.#queue.shift();
      if (worker && computation) this.#assign(worker, computation);
    }
  }

  #assign(worker: Worker, { assignment, queuedAtMs, resolve, reject }: Computation): void {
    const queueMs = performance.now() - queuedAtMs;
    const onMessage = (completion: Completion) => {
      worker.off('error', onError).off('exit', onExit);
      if ('error' in completion) reject(completion.error);
      else resolve({ ...completion, worker: `thread-${worker.threadId}`, queueMs });
      this.#idle.push(worker);
      this.#dispatch();
    };
    const onError = (error: unknown) => reject(error);
    const onExit = (code: number) => {
      worker.off('message', onMessage).off('error', onError);
      reject(new Error(`the worker thread that computed it exited with code ${code}`));
      this.#hire().catch((error: unknown) => process.emit('uncaughtException', error as Error));
    };
    worker.once('message', onMessage).once('error', onError).once('exit', onExit);
    try {
      worker.postMessage(assignment);
    } catch (error) {
      onMessage({ error });
    }
  }
}
