import { Piscina } from 'piscina';
import { connectionsPerListener, pooledQueries } from '../../servers/kit/database.ts';
import { wait } from '../../servers/kit/runtime.ts';
import type { TaskAddress } from '../../servers/pool/messages.ts';
import type { Runtime, Task } from '../../workloads/runtime.ts';

/** A task by its address: piscina's worker threads load one file for all tasks. */
interface Assignment extends TaskAddress {
  readonly argument: unknown;
}

/** A runtime that computes on piscina's worker threads: with its defaults, or with the fastest options found. */
export function piscinaRuntime(isTuned: boolean, workers: number): Runtime {
  const tuned = { minThreads: workers, maxThreads: workers, concurrentTasksPerWorker: 2 };
  const piscina = new Piscina({ filename: import.meta.filename, ...(isTuned && tuned) });
  return {
    ...pooledQueries(connectionsPerListener(1, 0)),
    wait,
    compute: ({ moduleUrl, exportName }, argument) =>
      piscina.run({ moduleUrl, exportName, argument } satisfies Assignment),
  };
}

const tasks = new Map<string, Task<unknown, unknown>>();

/** What piscina's worker threads run. */
export default function compute(assignment: Assignment): unknown {
  const task = tasks.get(assignment.exportName);
  return task ? task.run(assignment.argument) : loadAndCompute(assignment);
}

async function loadAndCompute({ moduleUrl, exportName, argument }: Assignment): Promise<unknown> {
  const module: Record<string, Task<unknown, unknown>> = await import(moduleUrl);
  const task = module[exportName];
  if (!task) throw new Error(`${moduleUrl} exports no ${exportName}`);
  tasks.set(exportName, task);
  return task.run(argument);
}
