import type { Task } from '../../workloads/runtime.ts';
import { monotonicMs } from '../kit/monotonic-ms.ts';
import { OverloadError } from '../kit/overload-error.ts';
import { FairQueue } from './fair-queue.ts';
import type { ComputeTimes, TaskAddress } from './messages.ts';
import { type Parcel, pack } from './parcel.ts';
import { CancelledError, type Computation, type RequestFlow } from './request-flow.ts';
import type { RunQueue } from './run-queue.ts';

const retryAfterSeconds = 1;

export interface DispatcherOptions {
  readonly queue: RunQueue;
  /** The slots of the run queue that are this netpoller's own. */
  readonly slots: readonly number[];
  readonly workers: number;
  /** How many computations may wait for a worker, over all netpollers. */
  readonly queueLimit: number;
}

/** A netpoller's side of the run queue: puts computations in as there is room, and settles them as workers answer. */
export class Dispatcher {
  readonly #queue: RunQueue;
  readonly #emptySlots: number[];
  readonly #unansweredLimit: number;
  /** What the run queue has no room for, or what has to let other requests go first. */
  readonly #waiting: FairQueue<Computation>;
  readonly #bySlot = new Map<number, Computation>();
  readonly #taskNumbers = new Map<TaskAddress, number>();
  readonly #tasks: TaskAddress[] = [];

  constructor({ queue, slots, workers, queueLimit }: DispatcherOptions) {
    this.#queue = queue;
    this.#emptySlots = [...slots];
    this.#unansweredLimit = queueLimit + workers;
    // A flow's share: what each worker computes, and what each finds ready when that is done.
    this.#waiting = new FairQueue(2 * workers);
  }

  /**
   * Has a worker thread compute something; `transfer` is moved there and not copied.
   * @throws OverloadError, DataCloneError, what the task throws, or an Error that says how the worker thread ended
   */
  compute<Argument, Result>(
    flow: RequestFlow,
    task: Task<Argument, Result>,
    argument: Argument,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    try {
      this.#enqueue({
        flow,
        task: this.#numberOf(task),
        parcel: pack(argument, transfer),
        askedMs: flow.trace ? monotonicMs() : 0,
        promise,
        resolve: resolve as (result: unknown) => void,
        reject,
      });
    } catch (error) {
      reject(error);
    }
    return promise;
  }

  /** The request is over: drops what of it no worker has taken yet, and whatever it still asks for. */
  cancel(flow: RequestFlow): void {
    flow.isOver = true;
    if (flow.begun === 0 && flow.waiting.length === 0) return;
    for (const computation of this.#waiting.clear(flow)) {
      this.#queue.addUnanswered(-1);
      cancel(computation);
    }
    for (const [slot, computation] of this.#bySlot) {
      if (computation.flow !== flow) continue;
      abandon(computation);
      if (this.#queue.withdraw(slot)) this.reject(slot, new CancelledError());
    }
  }

  taskIn(slot: number): TaskAddress | undefined {
    return this.#tasks[this.#queue.taskIn(slot)];
  }

  parcelIn(slot: number): Parcel | undefined {
    return this.#bySlot.get(slot)?.parcel;
  }

  resolve(slot: number, result: unknown, worker: number, times?: ComputeTimes): void {
    const computation = this.#empty(slot);
    if (times) computation?.flow.record(worker, computation.askedMs, times);
    computation?.resolve(result);
  }

  reject(slot: number, error: unknown): void {
    this.#empty(slot)?.reject(error);
  }

  /** Fails what a worker that is no more had taken. */
  rejectTakenBy(worker: number, error: Error): void {
    for (const slot of this.#bySlot.keys()) {
      if (this.#queue.isTakenBy(slot, worker)) this.reject(slot, error);
    }
  }

  #enqueue(computation: Computation): void {
    if (computation.flow.isOver) return cancel(computation);
    this.#admit();
    this.#waiting.push(computation.flow, computation);
    this.#fillSlots();
  }

  #admit(): void {
    if (this.#queue.addUnanswered(1) <= this.#unansweredLimit) return;
    this.#queue.addUnanswered(-1);
    throw new OverloadError('the run queue is full: try again later', retryAfterSeconds);
  }

  #numberOf(task: TaskAddress): number {
    const known = this.#taskNumbers.get(task);
    if (known !== undefined) return known;
    const { moduleUrl, exportName } = task;
    const number = this.#tasks.push({ moduleUrl, exportName }) - 1;
    this.#taskNumbers.set(task, number);
    return number;
  }

  #fillSlots(): void {
    while (this.#emptySlots.length > 0) {
      const computation = this.#waiting.shift();
      if (!computation) return;
      const slot = this.#emptySlots.pop() as number;
      this.#bySlot.set(slot, computation);
      const { task, parcel, flow } = computation;
      this.#queue.put(slot, task, 'packed' in parcel ? parcel.packed : undefined, !!flow.trace);
    }
  }

  #empty(slot: number): Computation | undefined {
    const computation = this.#bySlot.get(slot);
    if (!computation) return undefined;
    this.#bySlot.delete(slot);
    this.#emptySlots.push(slot);
    this.#queue.addUnanswered(-1);
    this.#waiting.finish(computation.flow);
    this.#fillSlots();
    return computation;
  }
}

function cancel(computation: Computation): void {
  abandon(computation);
  computation.reject(new CancelledError());
}

/** A handler that is over may have left it unheeded: then its failure is nobody's. */
function abandon({ promise }: Computation): void {
  promise.catch(() => undefined);
}
