import type { MessagePort } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';

/** What a netpoller needs to join the pool, from whichever thread it runs on. */
export interface NetpollerInit {
  readonly queueMemory: SharedArrayBuffer;
  /** The netpoller's own slots of the run queue. */
  readonly slots: readonly number[];
  readonly workers: number;
  readonly queueLimit: number;
  readonly mainThread: MessagePort;
}

/** What a worker thread starts with: its number, the run queue, and a port to each netpoller. */
export interface WorkerInit {
  readonly worker: number;
  readonly queueMemory: SharedArrayBuffer;
  readonly slotsEach: number;
  readonly ports: readonly MessagePort[];
}

/** A message from a worker thread to the netpoller whose computation it has taken. */
export type FromWorker =
  | { readonly slot: number; readonly result: unknown; readonly times?: ComputeTimes }
  | { readonly slot: number; readonly error: unknown }
  /** The task is not loaded yet, or the argument is not in the slot; answered with a TaskAddress or a PackedArgument. */
  | { readonly slot: number; readonly needs: 'task' | 'argument' };

/** By `monotonicMs`. */
export interface ComputeTimes {
  readonly startedMs: number;
  readonly endedMs: number;
}

export type TaskAddress = Pick<Task<unknown, unknown>, 'moduleUrl' | 'exportName'>;

/** A message from the main thread to a netpoller about a worker thread. */
export type FromMain =
  | { readonly started: number; readonly port: MessagePort }
  | { readonly ended: number; readonly reason: string };
