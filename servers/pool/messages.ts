import type { MessagePort } from 'node:worker_threads';

/** What a worker thread tells the netpoller whose computation it has taken. */
export type FromWorker =
  | { readonly slot: number; readonly result: unknown; readonly times?: ComputeTimes }
  | { readonly slot: number; readonly error: unknown }
  /** It does not know the task yet, or the slot does not hold the argument: it waits for a TaskAddress, or a Parcel. */
  | { readonly slot: number; readonly asks: 'task' | 'argument' };

/** By `monotonicMs`. */
export interface ComputeTimes {
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface TaskAddress {
  readonly moduleUrl: string;
  readonly exportName: string;
}

/** What the main thread tells a netpoller of the worker threads. */
export type ToNetpoller =
  | { readonly hired: number; readonly port: MessagePort }
  | { readonly ended: number; readonly reason: string };
