import { parseProcessStat } from './process-stat.ts';
import { processTree } from './process-tree.ts';
import { listProc, readProc } from './read-proc.ts';
import { parseSchedstat, type SchedulerTimes } from './schedstat.ts';

/** The CPU account of a tree of processes at one moment. */
export interface CpuSnapshot {
  readonly processes: readonly number[];
  /** By thread number. Empty where the kernel doesn't tell. */
  readonly threads: ReadonlyMap<string, SchedulerTimes>;
  readonly threadCount: number;
  /** Of all processes, and of those that were their children and ended; in steps of 10 ms a process. */
  readonly coarseCpuSeconds: number;
}

/** Null when there is no such process, or this platform doesn't tell. */
export function readCpuSnapshot(pid: number): CpuSnapshot | null {
  const processes = processTree(pid);
  if (processes.length === 0) return null;
  const threads = new Map<string, SchedulerTimes>();
  let threadCount = 0;
  let coarseCpuSeconds = 0;
  for (const process of processes) {
    const stat = parseProcessStat(readProc(`${process}/stat`) ?? '');
    threadCount += stat?.threads ?? 0;
    coarseCpuSeconds += stat?.cpuSeconds ?? 0;
    for (const thread of listProc(`${process}/task`)) {
      const times = parseSchedstat(readProc(`${process}/task/${thread}/schedstat`) ?? '');
      if (times) threads.set(thread, times);
    }
  }
  return { processes, threads, threadCount, coarseCpuSeconds };
}

/** How far a process's coarse times may be off over a window: two of them, each cut to 10 ms. */
const coarseErrorSeconds = 0.02;

/**
 * What a tree used between two moments. Threads are exact to the ns, but take their time with them when they
 * end; a process's own account is coarse but keeps it, and its parent's keeps that of a child that ended. So
 * threads are summed, unless the coarse account shows that more is missing than it may be wrong by.
 */
export function cpuBetween(
  start: CpuSnapshot,
  end: CpuSnapshot,
): { cpuSeconds: number; runQueueDelaySeconds: number | null } {
  const coarse = end.coarseCpuSeconds - start.coarseCpuSeconds;
  if (end.threads.size === 0)
    return { cpuSeconds: Math.max(0, coarse), runQueueDelaySeconds: null };
  let exact = 0;
  let runQueueDelaySeconds = 0;
  for (const [thread, times] of end.threads) {
    const before = start.threads.get(thread);
    exact += times.cpuSeconds - (before?.cpuSeconds ?? 0);
    runQueueDelaySeconds += times.runQueueDelaySeconds - (before?.runQueueDelaySeconds ?? 0);
  }
  const tolerance = coarseErrorSeconds * Math.max(start.processes.length, end.processes.length);
  return { cpuSeconds: coarse - exact > tolerance ? coarse : exact, runQueueDelaySeconds };
}
