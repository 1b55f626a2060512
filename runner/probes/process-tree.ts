import {
  listProc,
  parseProcessMemory,
  parseProcessStat,
  parseSchedstat,
  readProc,
  type SchedulerTimes,
} from './proc.ts';

/** A process and all its descendants, itself first; empty when it has ended or the platform has no /proc. */
export function processTree(pid: number): number[] {
  if (readProc(`${pid}/stat`) === null) return [];
  return withDescendants(pid, childrenFromThreads(pid) ? childrenFromThreads : childrenFromScan());
}

type ChildrenOf = (pid: number) => readonly number[] | null;

export function withDescendants(pid: number, childrenOf: ChildrenOf): number[] {
  const tree = new Set([pid]);
  for (const parent of tree) for (const child of childrenOf(parent) ?? []) tree.add(child);
  return [...tree];
}

/** From the kernel's lists, one for each thread that forked; null where the kernel is built without them. */
function childrenFromThreads(pid: number): readonly number[] | null {
  const lists = listProc(`${pid}/task`).map((thread) => readProc(`${pid}/task/${thread}/children`));
  if (lists.every((list) => list === null)) return null;
  return lists.flatMap((list) => list?.match(/\d+/g) ?? []).map(Number);
}

function childrenFromScan(): ChildrenOf {
  const children = new Map<number, number[]>();
  for (const name of listProc('').filter((entry) => /^\d+$/.test(entry))) {
    const stat = parseProcessStat(readProc(`${name}/stat`) ?? '');
    if (stat) children.set(stat.parentPid, [...(children.get(stat.parentPid) ?? []), Number(name)]);
  }
  return (pid) => children.get(pid) ?? [];
}

/**
 * The memory of some processes of one program together; pages that they share count once. Null when none can be read.
 * The proportional set size would depend on unrelated processes that map the same files: of a second Node.js server, each
 * would have half of Node.js. Here pages of files count whole, and only those of the process with the most of them.
 * The kernel walks the processes' page tables for it: too slow to read under load.
 */
export function readMemoryBytes(pids: readonly number[]): number | null {
  const read = pids
    .map((pid) => parseProcessMemory(readProc(`${pid}/smaps_rollup`) ?? ''))
    .filter((memory) => memory !== null);
  if (read.length === 0) return null;
  const own = read.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
  return own + Math.max(...read.map(({ fileBytes }) => fileBytes));
}

/** The CPU time that a tree of processes has used up to one moment. */
export interface CpuSnapshot {
  readonly processes: readonly number[];
  /** By thread number. Empty where the kernel does not count. */
  readonly threads: ReadonlyMap<string, SchedulerTimes>;
  readonly threadCount: number;
  /** All processes and their children that have ended; in steps of 10 ms a process. */
  readonly coarseCpuSeconds: number;
}

/** Null when the process has ended or the platform has no /proc. */
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

/** How far the coarse CPU time of a process over a window may be off: two readings, each cut to 10 ms. */
const coarseErrorSeconds = 0.02;

/**
 * The CPU time that a tree used between two moments. Thread times are exact to the ns but vanish when the thread ends;
 * process times are coarse but include ended threads, and those of the parent include ended children. So threads are
 * summed, unless the coarse times show that more is missing than their error explains.
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
