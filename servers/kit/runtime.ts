import { setTimeout as delay } from 'node:timers/promises';
import type { Runtime } from '../../workloads/runtime.ts';
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

/** The runtimes of requests in a single thread: a computation blocks the thread; `wait` is the model's choice. */
export function inLineRuntime(wait: Runtime['wait']) {
  const runtimeOf = (trace: Trace | undefined): Runtime => ({
    wait: (ms) => timedWait(trace, () => wait(ms)),
    compute: async (task, argument) => timedCompute(trace, () => task.run(argument)),
  });
  const untraced = runtimeOf(undefined);
  return (trace: Trace | undefined): Runtime => (trace ? runtimeOf(trace) : untraced);
}
