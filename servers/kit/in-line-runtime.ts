import type { Runtime } from '../../workloads/runtime.ts';
import type { Trace } from './trace.ts';
import { wait } from './wait.ts';

/** Computes where it stands: nothing else happens in this thread meanwhile. How it waits is the model's choice. */
export function inLineRuntimeWith(wait: Runtime['wait']) {
  const untraced: Runtime = {
    wait,
    compute: async (task, argument) => task.run(argument),
  };

  /** The runtime of a process with a single thread, for one request. */
  return (trace: Trace | undefined): Runtime => {
    if (!trace) return untraced;
    return {
      async wait(ms) {
        const startedMs = performance.now();
        await wait(ms);
        trace.waitMs += performance.now() - startedMs;
      },
      async compute(task, argument) {
        const startedMs = performance.now();
        const result = task.run(argument);
        trace.computeMs += performance.now() - startedMs;
        return result;
      },
    };
  };
}

/** Waits by a timer, and lets other requests run meanwhile. */
export const inLineRuntime = inLineRuntimeWith(wait);
