import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Dispatcher } from './dispatcher.ts';
import type { FromWorker, ToNetpoller } from './messages.ts';

/** Connects a netpoller's dispatcher with the worker threads, as the main thread tells of their coming and going. */
export function linkWithCrew(dispatcher: Dispatcher, mainThread: MessagePort): void {
  const ports = new Map<number, MessagePort>();

  function onMessage(worker: number, port: MessagePort, message: FromWorker): void {
    const { slot } = message;
    if ('asks' in message) {
      const parcel = dispatcher.parcelIn(slot);
      if (message.asks === 'task') port.postMessage(dispatcher.taskIn(slot));
      else port.postMessage(parcel, parcel && 'moved' in parcel ? parcel.transfer : []);
    } else if ('error' in message) {
      dispatcher.reject(slot, message.error);
    } else {
      dispatcher.resolve(slot, message.result, worker, message.times);
    }
  }

  function onHired(worker: number, port: MessagePort): void {
    ports.set(worker, port);
    port.on('message', (message: FromWorker) => onMessage(worker, port, message));
  }

  function onEnded(worker: number, reason: string): void {
    const port = ports.get(worker);
    if (!port) return;
    // What it answered before it ended may not have been read yet.
    for (let last = receiveMessageOnPort(port); last; last = receiveMessageOnPort(port)) {
      onMessage(worker, port, last.message);
    }
    port.close();
    ports.delete(worker);
    dispatcher.rejectTakenBy(worker, new Error(`the worker thread that computed it ${reason}`));
  }

  mainThread.on('message', (news: ToNetpoller) => {
    if ('hired' in news) onHired(news.hired, news.port);
    else onEnded(news.ended, news.reason);
  });
}
