import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { seededRandom } from '../../results/statistics/random.ts';
import * as tasks from '../../test/fixtures/tasks.ts';
import { newTrace } from '../kit/trace.ts';
import { joinPool, startPool } from './pool.ts';
import { RequestTasks } from './request-tasks.ts';
import type { PoolOptions, WorkerThreads } from './worker-threads.ts';

const started: WorkerThreads[] = [];

async function start(options: Partial<PoolOptions> = {}) {
  const { workerThreads, netpollers } = await startPool({
    workers: 1,
    netpollers: 1,
    queueLimit: Number.POSITIVE_INFINITY,
    onFailure: (error) => {
      throw error;
    },
    ...options,
  });
  started.push(workerThreads);
  const dispatchers = netpollers.map(joinPool);
  const [dispatcher] = dispatchers;
  if (!dispatcher) throw new Error('a pool without netpollers');
  return { workerThreads, dispatcher, dispatchers };
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((threads) => threads.terminate()));
});

const aRequest = () => new RequestTasks();
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => String(error),
  );

test('arguments and results are cloned, large ones too', async () => {
  const { dispatcher } = await start({ workers: 2 });
  const values = [27, 'text', { deep: [1, { a: new Map([[1, 'x']]) }] }, 'x'.repeat(100_000)];
  const results = values.map((value) => dispatcher.compute(aRequest(), tasks.echo, value));
  expect(await Promise.all(results)).toEqual(values);
});

test('buffers are moved both ways on request', async () => {
  const { dispatcher } = await start();
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  const echoed = dispatcher.compute(aRequest(), tasks.echo, { buffer }, [buffer]);
  expect(buffer.byteLength).toBe(0);
  expect(await echoed).toEqual({ buffer: new Uint8Array([1, 2, 3]).buffer });
  const made = await dispatcher.compute(aRequest(), tasks.bytes, 1_000_000);
  expect(made.byteLength).toBe(1_000_000);
  expect(await dispatcher.compute(aRequest(), tasks.bytesKept, 0)).toBe(0);
});

test('idle worker threads sleep, and are always woken', async () => {
  const { dispatcher } = await start({ workers: 2 });
  for (let n = 0; n < 10_000; n++) {
    expect(await dispatcher.compute(aRequest(), tasks.echo, n)).toBe(n);
  }
  const before = process.cpuUsage();
  await delay(500);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(250);
});

test('requests are served first come first served', async () => {
  const { dispatcher } = await start();
  const served: number[] = [];
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  await Promise.all(
    numbers.map(async (number) => {
      await dispatcher.compute(aRequest(), tasks.echo, number);
      served.push(number);
    }),
  );
  expect(served).toEqual(numbers);
});

test('a request with a thousand computations lets others go in between', async () => {
  const { dispatcher } = await start();
  const served: string[] = [];
  const large = aRequest();
  const ask = async (request: RequestTasks, name: string) => {
    await dispatcher.compute(request, tasks.echo, name);
    served.push(name);
  };
  const all = Array.from({ length: 1_000 }, () => ask(large, 'large'));
  all.push(ask(aRequest(), 'small'));
  await Promise.all(all);
  expect(served.indexOf('small')).toBe(2);
});

test('cancelling a request drops its computations that have not begun, and nothing else', async () => {
  const { dispatcher } = await start();
  const other = dispatcher.compute(aRequest(), tasks.spin, 20);
  const gone = aRequest();
  const dropped = Array.from({ length: 100 }, () => dispatcher.compute(gone, tasks.count, 1));
  dispatcher.cancel(gone);
  for (const reason of await Promise.all(dropped.map(reasonOf))) {
    expect(reason).toBe('CancelledError: cancelled, since the request is over');
  }
  expect(await other).toBe(20);
  expect(await dispatcher.compute(aRequest(), tasks.count, 1)).toBe(1);
});

test('a full queue refuses computations, and accepts them again when it has room', async () => {
  const { dispatcher } = await start({ queueLimit: 9 });
  const ask = (request = aRequest()) => dispatcher.compute(request, tasks.spin, 1);
  const fill = (request?: RequestTasks) => Array.from({ length: 10 }, () => ask(request));
  const accepted = fill();
  expect(await reasonOf(ask())).toBe('OverloadError: the run queue is full: try again later');
  expect(await Promise.all(accepted)).toHaveLength(10);
  const gone = aRequest();
  const dropped = fill(gone).map(reasonOf);
  dispatcher.cancel(gone);
  await Promise.all(dropped);
  expect(await Promise.all(fill())).toHaveLength(10);
});

test.each([
  ['throws', tasks.throwing, 'boom', 'RangeError: boom'],
  ['throws what cannot be cloned', tasks.throwingFunction, undefined, 'Error: () =>'],
  ['gives what cannot be cloned', tasks.uncloneable, undefined, 'could not be cloned'],
  ['is not exported', tasks.missing, undefined, 'exports no task named nothingOfThatName'],
  ['ends its thread', tasks.exiting, 3, 'the worker thread that computed it exited with code 3'],
  ['fills the heap', tasks.hoarding, 0, 'the worker thread that computed it ran out of memory'],
])('a task that %s fails alone, with the reason', async (_name, task, argument, reason) => {
  const { dispatcher } = await start({
    workers: 2,
    resourceLimits: { maxOldGenerationSizeMb: 20 },
  });
  const before = Array.from({ length: 9 }, (_, n) => dispatcher.compute(aRequest(), tasks.echo, n));
  const failing = reasonOf(dispatcher.compute(aRequest(), task as typeof tasks.echo, argument));
  const after = Array.from({ length: 9 }, (_, n) => dispatcher.compute(aRequest(), tasks.echo, n));
  expect(await failing).toContain(reason);
  expect(await Promise.all([...before, ...after])).toHaveLength(18);
});

test('an argument that cannot be cloned is refused', async () => {
  const { dispatcher } = await start();
  const reason = await reasonOf(dispatcher.compute(aRequest(), tasks.echo, () => 1));
  expect(reason).toContain('could not be cloned');
  expect(await dispatcher.compute(aRequest(), tasks.echo, 1)).toBe(1);
});

test('a worker thread that ends is replaced', async () => {
  const { dispatcher, workerThreads } = await start({ workers: 1 });
  for (const code of [0, 1, 2]) {
    const reason = await reasonOf(dispatcher.compute(aRequest(), tasks.exiting, code));
    expect(reason).toBe(`Error: the worker thread that computed it exited with code ${code}`);
  }
  expect(await dispatcher.compute(aRequest(), tasks.echo, 'still there')).toBe('still there');
  expect([...workerThreads.threads.keys()]).toEqual([4]);
});

test('worker threads killed at random lose the computation in progress and nothing else', async () => {
  const { dispatcher, workerThreads } = await start({ workers: 3 });
  const random = seededRandom(1);
  const kills = 20;
  const over = new AbortController();
  let sent = 0;
  const failures: string[] = [];
  const client = async () => {
    while (!over.signal.aborted) {
      const number = sent++;
      try {
        expect(await dispatcher.compute(aRequest(), tasks.spinAndEcho, number)).toBe(number);
      } catch (error) {
        failures.push(String(error));
      }
    }
  };
  const clients = Promise.all(Array.from({ length: 16 }, client));
  for (let kill = 0; kill < kills; kill++) {
    await delay(10 + 10 * random());
    const threads = [...workerThreads.threads.values()];
    await threads[Math.floor(random() * threads.length)]?.terminate();
  }
  over.abort();
  await clients;
  expect(sent).toBeGreaterThan(kills);
  expect(failures.length).toBeLessThanOrEqual(kills);
  for (const failure of failures) {
    expect(failure).toBe('Error: the worker thread that computed it exited with code 1');
  }
});

test('several netpollers share the worker threads', async () => {
  const { dispatchers } = await start({ netpollers: 3, workers: 2 });
  const computations = dispatchers.flatMap((dispatcher, netpoller) =>
    Array.from({ length: 100 }, (_, n) =>
      dispatcher.compute(aRequest(), tasks.echo, `${netpoller}/${n}`),
    ),
  );
  const expected = dispatchers.flatMap((_, netpoller) =>
    Array.from({ length: 100 }, (_, n) => `${netpoller}/${n}`),
  );
  expect(await Promise.all(computations)).toEqual(expected);
});

test('a trace names the worker thread and the time it computed', async () => {
  const { dispatcher } = await start();
  const trace = newTrace('netpoller-1');
  const request = new RequestTasks(trace);
  await Promise.all([20, 30].map((ms) => dispatcher.compute(request, tasks.spin, ms)));
  expect(trace.worker).toBe('thread-1');
  expect(trace.computeMs).toBeGreaterThanOrEqual(50);
  expect(trace.queueMs).toBeGreaterThanOrEqual(20);
});
