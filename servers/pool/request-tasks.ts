import type { Trace } from '../kit/trace.ts';
import type { ComputeTimes } from './messages.ts';
import type { PackedArgument } from './packed-argument.ts';

/** One task submitted to the worker threads, and how to settle it. */
export interface Computation {
  readonly request: RequestTasks;
  /** The number by which worker threads know the task. */
  readonly task: number;
  readonly argument: PackedArgument;
  /** 0 unless traced. */
  readonly submittedMs: number;
  readonly promise: Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A computation was dropped because its request is over. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('cancelled, since the request is over');
  }
}

/** The tasks of one request: the unit of fairness. */
export class RequestTasks<Item = Computation> {
  /** Not in the run queue yet, in the order of submission. */
  readonly waiting: Item[] = [];
  /** How many are in the run queue or being computed. */
  begun = 0;
  isOver = false;
  readonly trace: Trace | undefined;
  readonly #workers = new Set<string>();

  constructor(trace?: Trace) {
    this.trace = trace;
  }

  /** Adds a computation's times and its worker thread to the trace. */
  record(worker: number, submittedMs: number, { startedMs, endedMs }: ComputeTimes): void {
    if (!this.trace) return;
    this.trace.queueMs += startedMs - submittedMs;
    this.trace.computeMs += endedMs - startedMs;
    this.#workers.add(`thread-${worker}`);
    this.trace.worker = [...this.#workers].join(',');
  }
}

/**
 * Hands out the tasks of many requests: one request after the other, first come first served within each. A request with
 * its full share in progress is skipped until one of its tasks is finished, so that a request of a thousand tasks delays
 * others by no more than its share.
 */
export class FairQueue<Item> {
  readonly #share: number;
  /** The requests that may hand out a task, in order of their turns. */
  readonly #turns = new Set<RequestTasks<Item>>();

  constructor(share: number) {
    this.#share = share;
  }

  push(request: RequestTasks<Item>, item: Item): void {
    request.waiting.push(item);
    this.#addTurn(request);
  }

  /** The next task, which counts as begun; undefined if there is none, or none but those over their request's share. */
  shift(): Item | undefined {
    const [request] = this.#turns;
    const item = request?.waiting.shift();
    if (!request || item === undefined) return undefined;
    request.begun += 1;
    this.#turns.delete(request);
    this.#addTurn(request);
    return item;
  }

  /** Reports that a begun task of the request is finished. */
  finish(request: RequestTasks<Item>): void {
    request.begun -= 1;
    this.#addTurn(request);
  }

  /** Removes and returns the request's tasks that have not begun. */
  clear(request: RequestTasks<Item>): Item[] {
    this.#turns.delete(request);
    return request.waiting.splice(0);
  }

  /** Adds a request at the end; it keeps its place if it is there already. */
  #addTurn(request: RequestTasks<Item>): void {
    if (request.waiting.length > 0 && request.begun < this.#share) this.#turns.add(request);
  }
}
