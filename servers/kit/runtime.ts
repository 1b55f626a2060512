import { setTimeout as delay } from 'node:timers/promises';
import type { Runtime, Task } from '../../workloads/runtime.ts';
import type { Queries } from './database.ts';
import { type Trace, timedCompute, timedWait } from './trace.ts';

/** A clock that all processes and threads of this machine share, in ms. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Waits at least `ms`, while other requests run. Node's timers count whole ms and may fire up to 1 ms early. */
export async function wait(ms: number): Promise<void> {
  const dueMs = performance.now() + ms;
  await delay(ms);
  while (performance.now() < dueMs) await delay(1);
}

const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Blocks this thread for at least `ms`, as a blocking call to a database does. */
export function block(ms: number): void {
  const dueMs = performance.now() + ms;
  for (let leftMs = ms; leftMs > 0; leftMs = dueMs - performance.now()) {
    Atomics.wait(never, 0, 0, leftMs);
  }
}

/** How a model computes that has no worker threads. */
type Compute = <Argument, Result>(
  task: Task<Argument, Result>,
  argument: Argument,
) => Result | Promise<Result>;

/** Blocks this thread until the computation is done. */
export const computeBlocking: Compute = (task, argument) => task.run(argument);

/** Blocks this thread unless Node.js has threads for the computation. */
export const computeInLine: Compute = (task, argument) =>
  (task.runInBackground ?? task.run)(argument);

/** The runtimes of requests in a single thread; how it waits, computes and queries is the model's choice. */
export function inLineRuntime(wait: Runtime['wait'], compute: Compute, queries: Queries) {
  const runtimeOf = (trace: Trace | undefined): Runtime => ({
    wait: (ms) => timedWait(trace, () => wait(ms)),
    query: (sql, values) => timedWait(trace, () => queries.query(sql, values)),
    transaction: (work) => timedWait(trace, () => queries.transaction(work)),
    compute: (task, argument) => timedCompute(trace, () => compute(task, argument)),
  });
  const untraced = runtimeOf(undefined);
  return (trace: Trace | undefined): Runtime => (trace ? runtimeOf(trace) : untraced);
}
