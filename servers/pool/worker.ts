import { parentPort } from 'node:worker_threads';
import type { Task } from '../../workloads/runtime.ts';
import type { Assignment, Completion } from './thread-pool.ts';

/** What a worker thread does: computes whatever it is sent, one at a time. */
parentPort?.on('message', async (assignment: Assignment) => {
  parentPort?.postMessage(await compute(assignment));
});

async function compute({ moduleUrl, exportName, argument }: Assignment): Promise<Completion> {
  try {
    const module: Record<string, Task<unknown, unknown>> = await import(moduleUrl);
    const task = module[exportName];
    if (!task) throw new Error(`${moduleUrl} exports no ${exportName}`);
    const started = performance.now();
    const result = task.run(argument);
    return { result, computeMs: performance.now() - started };
  } catch (error) {
    return { error };
  }
}
