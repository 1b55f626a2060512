import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Crew } from './crew.ts';
import { linkWithCrew } from './crew-link.ts';
import { Dispatcher } from './dispatcher.ts';
import { RunQueue } from './run-queue.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly netpollers: number;
  /** How many computations may wait for a worker thread; Infinity for no bound. */
  readonly queueLimit: number;
  /** The limit of a worker thread's heap, in MiB; Node.js's own where left out. */
  readonly workerHeapMib?: number;
  /** Called when a worker thread that ended cannot be replaced. */
  readonly onFailure: (error: Error) => void;
}

/** What a netpoller needs in order to join the pool, from whichever thread it runs on. */
export interface PoolSeat {
  readonly queueMemory: SharedArrayBuffer;
  readonly slots: readonly number[];
  readonly workers: number;
  readonly queueLimit: number;
  readonly mainThread: MessagePort;
}

/**
 * How many slots of the run queue each netpoller has: enough that workers find the next computation ready, and that
 * one request's share is half of them at most; few enough to be looked through in no time.
 */
const slotsFor = (workers: number): number => Math.max(64, 4 * workers);

/** Starts the worker threads; resolves when all are up. Each netpoller then joins by itself. */
export async function startPool(
  options: PoolOptions,
): Promise<{ crew: Crew; seats: readonly PoolSeat[] }> {
  const { workers, queueLimit, workerHeapMib, onFailure } = options;
  const slotsEach = slotsFor(workers);
  const queueMemory = RunQueue.allocate(slotsEach * options.netpollers);
  const channels = Array.from({ length: options.netpollers }, () => new MessageChannel());
  const crew = await Crew.hire({
    workers,
    queueMemory,
    slotsEach,
    netpollers: channels.map(({ port1 }) => port1),
    resourceLimits: workerHeapMib === undefined ? {} : { maxOldGenerationSizeMb: workerHeapMib },
    onFailure,
  });
  const seats = channels.map(({ port2 }, index) => ({
    queueMemory,
    slots: Array.from({ length: slotsEach }, (_, slot) => index * slotsEach + slot),
    workers,
    queueLimit,
    mainThread: port2,
  }));
  return { crew, seats };
}

export function joinPool(seat: PoolSeat): Dispatcher {
  const { queueMemory, mainThread, ...options } = seat;
  const dispatcher = new Dispatcher({ queue: new RunQueue(queueMemory), ...options });
  linkWithCrew(dispatcher, mainThread);
  return dispatcher;
}
