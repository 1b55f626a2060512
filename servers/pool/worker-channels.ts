import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';
import type { TaskDispatcher } from './task-dispatcher.ts';

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

/** Connects a netpoller's dispatcher with the worker threads, as the main thread reports that they start and end. */
export function connectWorkers(dispatcher: TaskDispatcher, mainThread: MessagePort): void {
  const ports = new Map<number, MessagePort>();

  function onMessage(worker: number, port: MessagePort, message: FromWorker): void {
    const { slot } = message;
    if ('needs' in message) {
      const argument = dispatcher.argumentIn(slot);
      if (message.needs === 'task') port.postMessage(dispatcher.taskIn(slot));
      else port.postMessage(argument, argument && 'moved' in argument ? argument.transfer : []);
    } else if ('error' in message) {
      dispatcher.reject(slot, message.error);
    } else {
      dispatcher.resolve(slot, message.result, worker, message.times);
    }
  }

  function onStarted(worker: number, port: MessagePort): void {
    ports.set(worker, port);
    port.on('message', (message: FromWorker) => onMessage(worker, port, message));
  }

  function onEnded(worker: number, reason: string): void {
    const port = ports.get(worker);
    if (!port) return;
    // The worker may have sent results before it ended that are not read yet.
    for (let last = receiveMessageOnPort(port); last; last = receiveMessageOnPort(port)) {
      onMessage(worker, port, last.message);
    }
    port.close();
    ports.delete(worker);
    dispatcher.rejectTakenBy(worker, new Error(`the worker thread that computed it ${reason}`));
  }

  mainThread.on('message', (message: FromMain) => {
    if ('started' in message) onStarted(message.started, message.port);
    else onEnded(message.ended, message.reason);
  });
}
