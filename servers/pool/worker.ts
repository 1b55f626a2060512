import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';
import { monotonicMs } from '../kit/monotonic-ms.ts';
import type { FromWorker, TaskAddress } from './messages.ts';
import { type Parcel, unpack } from './parcel.ts';
import { RunQueue } from './run-queue.ts';

/** What a worker thread starts with: its number, the run queue, and a port to each netpoller. */
export interface WorkerStart {
  readonly worker: number;
  readonly queueMemory: SharedArrayBuffer;
  readonly slotsEach: number;
  readonly ports: readonly MessagePort[];
}

/** A netpoller, as a worker thread sees it. */
class Netpoller {
  readonly #port: MessagePort;
  /** By the number that the netpoller gave them. */
  readonly #tasks = new Map<number, Task<unknown, unknown>>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Computes what is in a slot of this netpoller, and tells it the result or why there is none. */
  async serve(slot: number): Promise<void> {
    try {
      const task = this.#tasks.get(queue.taskIn(slot)) ?? (await this.#learnTask(slot));
      const packed = queue.argumentIn(slot);
      const argument = unpack(
        packed === undefined ? await this.#ask<Parcel>(slot, 'argument') : { packed },
      );
      const startedMs = queue.isTimed(slot) ? monotonicMs() : 0;
      const result = task.run(argument);
      const times = startedMs > 0 && { times: { startedMs, endedMs: monotonicMs() } };
      this.#tell({ slot, result, ...times }, task.transfer?.(result));
    } catch (error) {
      this.#tellFailure(slot, error);
    }
  }

  async #learnTask(slot: number): Promise<Task<unknown, unknown>> {
    const { moduleUrl, exportName } = await this.#ask<TaskAddress>(slot, 'task');
    const module: Record<string, Task<unknown, unknown>> = await import(moduleUrl);
    const task = module[exportName];
    if (typeof task?.run !== 'function') {
      throw new TypeError(`${moduleUrl} exports no task named ${exportName}`);
    }
    this.#tasks.set(queue.taskIn(slot), task);
    return task;
  }

  async #ask<Answer>(slot: number, asks: 'task' | 'argument'): Promise<Answer> {
    this.#tell({ slot, asks });
    const [answer] = await once(this.#port, 'message');
    return answer;
  }

  #tellFailure(slot: number, error: unknown): void {
    try {
      this.#tell({ slot, error });
    } catch {
      this.#tell({ slot, error: new Error(String(error)) });
    }
  }

  #tell(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

const { worker, queueMemory, slotsEach, ports } = workerData as WorkerStart;
const queue = new RunQueue(queueMemory);
const netpollers = ports.map((port) => new Netpoller(port));

parentPort?.postMessage('ready');
for (;;) {
  const slot = queue.take(worker);
  await netpollers[Math.floor(slot / slotsEach)]?.serve(slot);
}
