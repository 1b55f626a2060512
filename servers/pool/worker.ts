import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';
import { monotonicMs } from '../kit/runtime.ts';
import type { FromWorker, TaskAddress, WorkerInit } from './messages.ts';
import { type PackedArgument, unpack } from './packed-argument.ts';
import { RunQueue } from './run-queue.ts';

/** A netpoller, as a worker thread sees it. */
class Netpoller {
  readonly #port: MessagePort;
  /** By the numbers that the netpoller uses. */
  readonly #tasks = new Map<number, Task<unknown, unknown>>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Computes what is in a slot of this netpoller, and sends it the result or the error. */
  async serve(slot: number): Promise<void> {
    try {
      const task = this.#tasks.get(queue.taskIn(slot)) ?? (await this.#loadTask(slot));
      const packed = queue.argumentIn(slot);
      const argument = unpack(
        packed === undefined ? await this.#receive<PackedArgument>(slot, 'argument') : { packed },
      );
      const startedMs = queue.isTimed(slot) ? monotonicMs() : 0;
      const result = task.run(argument);
      const times = startedMs > 0 && { times: { startedMs, endedMs: monotonicMs() } };
      this.#send({ slot, result, ...times }, task.transfer?.(result));
    } catch (error) {
      this.#sendError(slot, error);
    }
  }

  async #loadTask(slot: number): Promise<Task<unknown, unknown>> {
    const { moduleUrl, exportName } = await this.#receive<TaskAddress>(slot, 'task');
    const module: Record<string, Task<unknown, unknown>> = await import(moduleUrl);
    const task = module[exportName];
    if (typeof task?.run !== 'function') {
      throw new TypeError(`${moduleUrl} exports no task named ${exportName}`);
    }
    this.#tasks.set(queue.taskIn(slot), task);
    return task;
  }

  async #receive<Answer>(slot: number, needs: 'task' | 'argument'): Promise<Answer> {
    this.#send({ slot, needs });
    const [answer] = await once(this.#port, 'message');
    return answer;
  }

  #sendError(slot: number, error: unknown): void {
    try {
      this.#send({ slot, error });
    } catch {
      this.#send({ slot, error: new Error(String(error)) });
    }
  }

  #send(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

const { worker, queueMemory, slotsEach, ports } = workerData as WorkerInit;
const queue = new RunQueue(queueMemory);
const netpollers = ports.map((port) => new Netpoller(port));

parentPort?.postMessage('ready');
for (;;) {
  const slot = queue.take(worker);
  await netpollers[Math.floor(slot / slotsEach)]?.serve(slot);
}
