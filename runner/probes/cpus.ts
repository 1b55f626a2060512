import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { cpuControlGroups } from './control-groups.ts';
import { readIfThere, readProc } from './proc.ts';

/**
 * How many CPUs this process can keep busy, a whole number from 1: its CPU affinity, limited by the CPU quota of its
 * container, rounded down. Node.js honours the quotas of cgroup v2 only; those of v1 are read here.
 */
export function availableCpus(): number {
  const quota = cgroup1CpuQuota(readIfThere) ?? Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(quota)));
}

/**
 * The CPU quota, in CPUs, of this process's control group under cgroup v1, or of a group around it if that is tighter;
 * null without a quota. Source: the kernel's sched-bwc.rst (`cpu.cfs_*_us`).
 */
export function cgroup1CpuQuota(read: (path: string) => string | null): number | null {
  const quotas = cpuControlGroups(read).flatMap((folder) => {
    const quota = Number(read(join(folder, 'cpu.cfs_quota_us')));
    const period = Number(read(join(folder, 'cpu.cfs_period_us')));
    return quota > 0 && period > 0 ? [quota / period] : []; // -1: no quota
  });
  return quotas.length > 0 ? Math.min(...quotas) : null;
}

/** The numbers of the CPUs that this process may use; empty where the platform does not say (only Linux does). */
export function allowedCpus(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProc('self/status') ?? '')?.[1];
  return list === undefined ? [] : parseCpuList('Cpus_allowed_list', list);
}

/** The CPUs of one physical core: hyper-threads, which slow each other down. */
export type Core = readonly number[];

/** The physical cores of these CPUs; one core for each CPU where the platform does not say (only Linux does). */
export function readCores(cpus: readonly number[]): Core[] {
  const siblings = cpus.map((cpu) =>
    readIfThere(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`),
  );
  const known = siblings.filter((list) => list !== null);
  return known.length === cpus.length ? coresFrom(known) : cpus.map((cpu) => [cpu]);
}

/** The distinct cores among the kernel's lists of siblings, ascending by first CPU. */
export function coresFrom(siblingLists: readonly string[]): Core[] {
  return [...new Set(siblingLists.map((list) => list.trim()))]
    .map((list) => parseCpuList('thread_siblings_list', list))
    .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/**
 * CPU numbers from the kernel's list format: `0-2,5`.
 * @throws UsageError that names the flag
 */
export function parseCpuList(flag: string, text: string): number[] {
  const ranges = text.split(',').map((part) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim()));
  return ranges.flatMap((range) => {
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? first);
    if (!(first <= last)) {
      throw new UsageError(`${flag} must be a list of CPUs such as 0-2,5; "${text}" is not.`);
    }
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
