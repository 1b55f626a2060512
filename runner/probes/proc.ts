import { readdirSync, readFileSync } from 'node:fs';
import { parseStatFields } from '../../servers/launch/process-group.ts';

/** USER_HZ, the unit of times in /proc: 100 on every architecture that Node.js runs on. */
export const ticksPerSecond = 100;

/**
 * Reads a file of /proc; null when there is none, as on other platforms or when its process has ended.
 * Synchronous: such a read never waits for a disk, and takes a tenth of the time of an asynchronous one.
 */
export const readProc = (path: string): string | null => readIfThere(`/proc/${path}`);

/** Reads a file of the system; null when there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The names in a folder of /proc; empty when there is no such folder. */
export function listProc(path: string): string[] {
  try {
    return readdirSync(`/proc/${path}`);
  } catch {
    return [];
  }
}

export interface ProcessStat {
  readonly parentPid: number;
  readonly threads: number;
  /** CPU time of all threads, including ended ones, and of children that have ended; in steps of 10 ms. */
  readonly cpuSeconds: number;
}

/** Reads /proc/PID/stat (proc_pid_stat(5)); null for other text. */
export function parseProcessStat(text: string): ProcessStat | null {
  const fields = parseStatFields(text);
  const field = (number: number) => Number(fields[number - 3]);
  if (fields.length < 22) return null;
  const ticks = field(14) + field(15) + field(16) + field(17);
  return { parentPid: field(4), threads: field(20), cpuSeconds: ticks / ticksPerSecond };
}

/** A thread's times by the scheduler. */
export interface SchedulerTimes {
  readonly cpuSeconds: number;
  /** Time spent ready to run while other threads ran. */
  readonly runQueueDelaySeconds: number;
}

/**
 * Reads /proc/PID/task/TID/schedstat: ns on a CPU, ns on a run queue, and number of time slices
 * (Documentation/scheduler/sched-stats in the Linux sources). Null where the kernel does not count them.
 */
export function parseSchedstat(text: string): SchedulerTimes | null {
  const [cpu, delay, slices] = text.trim().split(' ').map(Number);
  if (cpu === undefined || delay === undefined || !slices) return null;
  return { cpuSeconds: cpu / 1e9, runQueueDelaySeconds: delay / 1e9 };
}

export interface ProcessMemory {
  /** Anonymous and shared memory; where processes share a page, each has its part. */
  readonly ownBytes: number;
  /** Pages of files, such as programs and libraries; whole, whoever else maps them. */
  readonly fileBytes: number;
}

/** Reads /proc/PID/smaps_rollup (proc_pid_smaps(5)); null for other text. */
export function parseProcessMemory(text: string): ProcessMemory | null {
  const bytes = (field: string) => {
    const kilobytes = wholeNumber(text, new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm'));
    return kilobytes === null ? null : kilobytes * 1024;
  };
  const [resident, anonymous] = [bytes('Rss'), bytes('Anonymous')];
  const [ownAnonymous, ownShared] = [bytes('Pss_Anon'), bytes('Pss_Shmem')];
  if (resident === null || anonymous === null || ownAnonymous === null || ownShared === null) {
    return null;
  }
  return { ownBytes: ownAnonymous + ownShared, fileBytes: resident - anonymous - ownShared };
}

/**
 * Reads /proc/pressure/cpu (Documentation/accounting/psi in the Linux sources): for how many seconds since boot some
 * task was waiting for a CPU. Null where the kernel does not measure it.
 */
export function parseCpuPressureSeconds(text: string): number | null {
  const micros = wholeNumber(text, /^some .*\btotal=(\d+)$/m);
  return micros === null ? null : micros / 1e6;
}

/** How many files and sockets this process may have open; null without a limit, and where the platform does not say. */
export function readOpenFilesLimit(): number | null {
  return parseOpenFilesLimit(readProc('self/limits') ?? '');
}

/** Reads /proc/PID/limits. */
export function parseOpenFilesLimit(text: string): number | null {
  return wholeNumber(text, /^Max open files\s+(\d+)\s/m);
}

function wholeNumber(text: string, pattern: RegExp): number | null {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
