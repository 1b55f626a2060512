import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, jest, test } from '@jest/globals';
import { RunQueue } from './run-queue.ts';

const newQueue = (slots: number) => new RunQueue(RunQueue.allocate(slots));
const large = new Uint8Array(10_000);

test('computations are taken oldest first, whatever their slots', () => {
  const queue = newQueue(4);
  for (const slot of [2, 0, 3, 1]) queue.put(slot, 7, slot, false);
  expect([1, 1, 1, 1].map((worker) => queue.take(worker))).toEqual([2, 0, 3, 1]);
});

test('the order holds when turns wrap around after 2^32 computations', () => {
  const memory = RunQueue.allocate(3);
  const turns = 1;
  new Int32Array(memory)[turns] = 2 ** 31 - 2;
  const queue = new RunQueue(memory);
  for (const slot of [1, 2, 0]) queue.put(slot, 7, slot, false);
  expect([1, 1, 1].map((worker) => queue.take(worker))).toEqual([1, 2, 0]);
});

test('a slot holds its task, its argument and whether it is timed', () => {
  const queue = newQueue(2);
  queue.put(0, 5, -27, true);
  queue.put(1, 6, new Uint8Array([1, 2, 3]), false);
  expect([queue.taskIn(0), queue.argumentIn(0), queue.isTimed(0)]).toEqual([5, -27, true]);
  const bytes = queue.argumentIn(1);
  queue.put(1, 5, new Uint8Array([4, 5, 6]), false);
  expect([queue.taskIn(1), bytes, queue.isTimed(1)]).toEqual([5, new Uint8Array([1, 2, 3]), false]);
});

test('an argument that is too large for a slot, or to be moved, is not in the slot', () => {
  const queue = newQueue(2);
  queue.put(0, 5, large, false);
  queue.put(1, 5, undefined, false);
  expect([queue.argumentIn(0), queue.argumentIn(1)]).toEqual([undefined, undefined]);
});

test('a withdrawn computation is not taken, and a taken one cannot be withdrawn', () => {
  const queue = newQueue(2);
  queue.put(0, 5, 0, false);
  queue.put(1, 5, 1, false);
  expect(queue.withdraw(0)).toBe(true);
  expect(queue.take(1)).toBe(1);
  expect(queue.withdraw(1)).toBe(false);
});

test('a slot knows which worker took it, until it is filled again', () => {
  const queue = newQueue(1);
  queue.put(0, 5, 0, false);
  expect(queue.isTakenBy(0, 0)).toBe(false);
  queue.take(8);
  expect([queue.isTakenBy(0, 8), queue.isTakenBy(0, 9)]).toEqual([true, false]);
  queue.put(0, 5, 0, false);
  expect(queue.isTakenBy(0, 8)).toBe(false);
});

test('a computation put just before a worker goes to sleep still wakes it', () => {
  const queue = newQueue(1);
  const wait = Atomics.wait.bind(Atomics) as (...args: unknown[]) => 'ok' | 'not-equal';
  const outcomes: string[] = [];
  const spy = jest.spyOn(Atomics, 'wait').mockImplementation((...args: unknown[]) => {
    queue.put(0, 5, 0, false);
    const outcome = wait(...args.slice(0, 3), 1_000);
    outcomes.push(outcome);
    return outcome;
  });
  expect(queue.take(1)).toBe(0);
  spy.mockRestore();
  expect(outcomes).toEqual(['not-equal']);
});

test('concurrent threads take each computation exactly once', async () => {
  const memory = RunQueue.allocate(32);
  const queue = new RunQueue(memory);
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { RunQueue } = await import(workerData.url);
    const queue = new RunQueue(workerData.memory);
    for (;;) {
      const slot = queue.take(workerData.worker);
      const argument = queue.argumentIn(slot);
      if (argument === -1) break;
      parentPort.postMessage({ slot, argument });
    }
  `;
  const source = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const url = new URL('./run-queue.ts', import.meta.url).href;
  const workers = [1, 2, 3].map(
    (worker) => new Worker(source, { workerData: { url, memory, worker } }),
  );

  const last = 5_000;
  const taken: number[] = [];
  const free = Array.from({ length: 32 }, (_, slot) => slot);
  let next = 0;
  const fill = () => {
    while (next < last && free.length > 0) queue.put(free.pop() as number, 1, next++, false);
  };
  await new Promise<void>((resolve) => {
    for (const worker of workers) {
      worker.on('message', ({ slot, argument }) => {
        taken.push(argument);
        free.push(slot);
        fill();
        if (taken.length >= last) resolve();
      });
    }
    fill();
  });
  for (const worker of workers) queue.put(free.pop() as number, 1, -1, !worker);
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, n) => n));
});
