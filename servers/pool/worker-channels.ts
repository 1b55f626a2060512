import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { FromMain, FromWorker } from './messages.ts';
import type { TaskDispatcher } from './task-dispatcher.ts';

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
