import type { Trace } from '../kit/trace.ts';
import { Flow } from './fair-queue.ts';
import type { ComputeTimes } from './messages.ts';
import type { Parcel } from './parcel.ts';

/** One task asked of the worker threads, and how to settle it. */
export interface Computation {
  readonly flow: RequestFlow;
  /** The number by which worker threads know the task. */
  readonly task: number;
  readonly parcel: Parcel;
  /** 0 unless traced. */
  readonly askedMs: number;
  readonly promise: Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Why a computation was dropped that nobody waits for any longer. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('cancelled, since the request is over');
  }
}

/** The computations of one request. */
export class RequestFlow extends Flow<Computation> {
  readonly trace: Trace | undefined;
  isOver = false;
  readonly #workers = new Set<string>();

  constructor(trace?: Trace) {
    super();
    this.trace = trace;
  }

  /** Adds one computation's times to the trace, and its worker thread to those that served the request. */
  record(worker: number, askedMs: number, { startedMs, endedMs }: ComputeTimes): void {
    if (!this.trace) return;
    this.trace.queueMs += startedMs - askedMs;
    this.trace.computeMs += endedMs - startedMs;
    this.#workers.add(`thread-${worker}`);
    this.trace.worker = [...this.#workers].join(',');
  }
}
