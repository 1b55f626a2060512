import type { Task } from './runtime.ts';

/** What the package exports, for modules that `bench run --app` hosts; see docs/your-handler.md. */
export type { Body, Handler, Query, Runtime, Task, WorkRequest, WorkResponse } from './runtime.ts';

/**
 * A computation for `runtime.compute`, which the pool has a worker thread make: it imports the task by its name.
 *
 * @param moduleUrl `import.meta.url` of the module that exports the task
 * @param exportName the name under which the module exports it
 * @param run gets and returns what structured clone can copy
 */
export function task<Argument, Result>(
  moduleUrl: string,
  exportName: string,
  run: (argument: Argument) => Result,
): Task<Argument, Result> {
  return { moduleUrl, exportName, run };
}
