import { MessageChannel } from 'node:worker_threads';
import type { NetpollerInit } from './messages.ts';
import { RunQueue } from './run-queue.ts';
import { TaskDispatcher } from './task-dispatcher.ts';
import { connectWorkers } from './worker-channels.ts';
import { type PoolOptions, WorkerThreads } from './worker-threads.ts';

/**
 * How many slots of the run queue each netpoller has: enough that workers find the next computation ready and that a
 * request's share is at most half of them; few enough to scan in no time.
 */
const slotsFor = (workers: number): number => Math.max(64, 4 * workers);

/** Starts the worker threads; resolves when all are up. Each netpoller then joins by itself. */
export async function startPool(
  options: PoolOptions,
): Promise<{ workerThreads: WorkerThreads; netpollers: readonly NetpollerInit[] }> {
  const { workers, queueLimit } = options;
  const slotsEach = slotsFor(workers);
  const queueMemory = RunQueue.allocate(slotsEach * options.netpollers);
  const channels = Array.from({ length: options.netpollers }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  const memory = { queueMemory, slotsEach };
  const workerThreads = await WorkerThreads.start({ ...options, ...memory, netpollers: ports });
  const netpollers = channels.map(({ port2 }, index) => ({
    queueMemory,
    slots: Array.from({ length: slotsEach }, (_, slot) => index * slotsEach + slot),
    workers,
    queueLimit,
    mainThread: port2,
  }));
  return { workerThreads, netpollers };
}

export function joinPool(init: NetpollerInit): TaskDispatcher {
  const dispatcher = new TaskDispatcher(new RunQueue(init.queueMemory), init);
  connectWorkers(dispatcher, init.mainThread);
  return dispatcher;
}
