import { setTimeout as delay } from 'node:timers/promises';
import type { Runtime } from '../../workloads/runtime.ts';
import type { Model } from '../http-listener.ts';
import type { ThreadPool } from './thread-pool.ts';

/** The model: waits are parked on this thread, computations go to the worker threads' run queue. */
export function netpoller(threads: ThreadPool): Model {
  const untraced: Runtime = {
    wait: async (ms) => await delay(ms),
    compute: async (task, argument) => (await threads.compute(task, argument)).result as never,
  };
  return {
    worker: 'netpoller',
    runtime: (trace) =>
      !trace
        ? untraced
        : {
            async wait(ms) {
              const started = performance.now();
              await delay(ms);
              trace.waitMs += performance.now() - started;
            },
            async compute(task, argument) {
              const computed = await threads.compute(task, argument);
              trace.queueMs += computed.queueMs;
              trace.computeMs += computed.computeMs;
              trace.worker = computed.worker;
              return computed.result as never;
            },
          },
  };
}
