/** What the scheduler knows of one thread. */
export interface SchedulerTimes {
  readonly cpuSeconds: number;
  /** How long it was ready to run while others did. */
  readonly runQueueDelaySeconds: number;
}

/**
 * Reads /proc/PID/task/TID/schedstat: ns on a CPU, ns on a run queue, and time slices
 * (Documentation/scheduler/sched-stats in the Linux sources). Null where the kernel keeps no such account.
 */
export function parseSchedstat(text: string): SchedulerTimes | null {
  const [cpu, delay, slices] = text.trim().split(' ').map(Number);
  if (cpu === undefined || delay === undefined || !slices) return null;
  return { cpuSeconds: cpu / 1e9, runQueueDelaySeconds: delay / 1e9 };
}
