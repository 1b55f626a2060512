import type { Task } from '../../workloads/runtime.ts';
import { OverloadError } from '../kit/http-listener.ts';
import { monotonicMs } from '../kit/runtime.ts';
import type { ComputeTimes, NetpollerInit, TaskAddress } from './messages.ts';
import { type PackedArgument, pack } from './packed-argument.ts';
import { CancelledError, type Computation, FairQueue, type RequestTasks } from './request-tasks.ts';
import type { RunQueue } from './run-queue.ts';

/** A netpoller's side of the run queue: fills its slots with computations, and settles these as workers answer. */
export class TaskDispatcher {
  readonly #queue: RunQueue;
  readonly #emptySlots: number[];
  readonly #unansweredLimit: number;
  /** Computations without a slot: all slots are full, or their request has its share. */
  readonly #waiting: FairQueue<Computation>;
  readonly #bySlot = new Map<number, Computation>();
  /** By the numbers that worker threads know. */
  readonly #tasks: TaskAddress[] = [];

  constructor(queue: RunQueue, { slots, workers, queueLimit }: NetpollerInit) {
    this.#queue = queue;
    this.#emptySlots = [...slots];
    this.#unansweredLimit = queueLimit + workers;
    // A request's share: one computation in each worker, and one more that the worker finds ready next.
    this.#waiting = new FairQueue(2 * workers);
  }

  /**
   * Has a worker thread compute something; the buffers in `transfer` are moved, not copied.
   * @throws OverloadError, DataCloneError, the task's own error, or an Error that says how the worker thread ended
   */
  compute<Argument, Result>(
    request: RequestTasks,
    task: Task<Argument, Result>,
    argument: Argument,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    try {
      this.#enqueue({
        request,
        task: this.#numberOf(task),
        argument: pack(argument, transfer),
        submittedMs: request.trace ? monotonicMs() : 0,
        promise,
        resolve: resolve as (result: unknown) => void,
        reject,
      });
    } catch (error) {
      reject(error);
    }
    return promise;
  }

  /** Ends a request: drops its computations that no worker has taken, and all that it submits later. */
  cancel(request: RequestTasks): void {
    request.isOver = true;
    if (request.begun === 0 && request.waiting.length === 0) return;
    for (const computation of this.#waiting.clear(request)) {
      this.#queue.addUnanswered(-1);
      cancel(computation);
    }
    for (const [slot, computation] of this.#bySlot) {
      if (computation.request !== request) continue;
      ignoreFailure(computation);
      if (this.#queue.withdraw(slot)) this.reject(slot, new CancelledError());
    }
  }

  taskIn(slot: number): TaskAddress | undefined {
    const task = this.#tasks[this.#queue.taskIn(slot)];
    return task && { moduleUrl: task.moduleUrl, exportName: task.exportName };
  }

  argumentIn(slot: number): PackedArgument | undefined {
    return this.#bySlot.get(slot)?.argument;
  }

  resolve(slot: number, result: unknown, worker: number, times?: ComputeTimes): void {
    const computation = this.#empty(slot);
    if (times) computation?.request.record(worker, computation.submittedMs, times);
    computation?.resolve(result);
  }

  reject(slot: number, error: unknown): void {
    this.#empty(slot)?.reject(error);
  }

  /** Fails the computations of a worker that has ended. */
  rejectTakenBy(worker: number, error: Error): void {
    for (const slot of this.#bySlot.keys()) {
      if (this.#queue.isTakenBy(slot, worker)) this.reject(slot, error);
    }
  }

  #enqueue(computation: Computation): void {
    if (computation.request.isOver) return cancel(computation);
    this.#admit();
    this.#waiting.push(computation.request, computation);
    this.#fillSlots();
  }

  #admit(): void {
    if (this.#queue.addUnanswered(1) <= this.#unansweredLimit) return;
    this.#queue.addUnanswered(-1);
    throw new OverloadError('the run queue is full: try again later');
  }

  #numberOf(task: TaskAddress): number {
    const known = this.#tasks.indexOf(task);
    return known >= 0 ? known : this.#tasks.push(task) - 1;
  }

  #fillSlots(): void {
    while (this.#emptySlots.length > 0) {
      const computation = this.#waiting.shift();
      if (!computation) return;
      const slot = this.#emptySlots.pop() as number;
      this.#bySlot.set(slot, computation);
      const { task, argument, request } = computation;
      const packed = 'packed' in argument ? argument.packed : undefined;
      this.#queue.put(slot, task, packed, !!request.trace);
    }
  }

  #empty(slot: number): Computation | undefined {
    const computation = this.#bySlot.get(slot);
    if (!computation) return undefined;
    this.#bySlot.delete(slot);
    this.#emptySlots.push(slot);
    this.#queue.addUnanswered(-1);
    this.#waiting.finish(computation.request);
    this.#fillSlots();
    return computation;
  }
}

function cancel(computation: Computation): void {
  ignoreFailure(computation);
  computation.reject(new CancelledError());
}

/** The handler of a request that is over may not await the promise: its failure must not end the process. */
function ignoreFailure({ promise }: Computation): void {
  promise.catch(() => undefined);
}
