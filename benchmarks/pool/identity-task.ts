import type { Task } from '../../workloads/runtime.ts';

/** Nothing but the way there and back. */
export const identity: Task<number, number> = {
  moduleUrl: import.meta.url,
  exportName: 'identity',
  run: (argument) => argument,
};
