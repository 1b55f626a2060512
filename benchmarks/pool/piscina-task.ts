import type { Task } from '../../workloads/runtime.ts';

/** A task by its address, since piscina loads one file for all. */
export interface Assignment {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly argument: unknown;
}

const tasks = new Map<string, Task<unknown, unknown>>();

/** What piscina's worker threads run. */
export default function compute(assignment: Assignment): unknown {
  const task = tasks.get(assignment.exportName);
  return task ? task.run(assignment.argument) : learn(assignment);
}

async function learn({ moduleUrl, exportName, argument }: Assignment): Promise<unknown> {
  const module: Record<string, Task<unknown, unknown>> = await import(moduleUrl);
  const task = module[exportName];
  if (!task) throw new Error(`${moduleUrl} exports no ${exportName}`);
  tasks.set(exportName, task);
  return task.run(argument);
}
