import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** The text of a file, or undefined where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/**
 * How many CPUs this process can keep busy, a whole number from 1: those that its affinity allows, as far as a
 * container's CPU quota lasts. Node alone does not see the quota of cgroup v1.
 */
export function availableCpus(): number {
  const quota = Math.ceil(cpuQuota(readText) ?? Number.POSITIVE_INFINITY);
  return Math.max(1, Math.min(availableParallelism(), quota));
}

/**
 * The tightest CPU quota, in CPUs, of this process's control groups and those around them, of cgroup v1 and v2;
 * undefined without one. Sources: the kernel's cgroup-v2.rst (`cpu.max`) and sched-bwc.rst (`cpu.cfs_*_us`).
 */
export function cpuQuota(read: ReadText): number | undefined {
  const memberships = (read('/proc/self/cgroup') ?? '').trim().split('\n');
  const quotas = memberships.flatMap((membership) => {
    const [, controllers = '', ...path] = membership.split(':');
    return quotasOf(controllers, path.join(':'), read);
  });
  return quotas.length > 0 ? Math.min(...quotas) : undefined;
}

function quotasOf(controllers: string, path: string, read: ReadText): number[] {
  if (controllers === '') {
    return quotasUpwards(['/sys/fs/cgroup', '/sys/fs/cgroup/unified'], path, (folder) =>
      read(join(folder, 'cpu.max'))?.trim().split(' '),
    );
  }
  if (!controllers.split(',').includes('cpu')) return [];
  return quotasUpwards([`/sys/fs/cgroup/${controllers}`, '/sys/fs/cgroup/cpu'], path, (folder) => [
    read(join(folder, 'cpu.cfs_quota_us')),
    read(join(folder, 'cpu.cfs_period_us')),
  ]);
}

/**
 * Reads the quota of a group and of all groups around it. In a container the path may be the host's, of which
 * only the mount's root exists: folders that are not there have no quota.
 */
function quotasUpwards(
  mounts: readonly string[],
  path: string,
  readQuota: (folder: string) => readonly (string | undefined)[] | undefined,
): number[] {
  const names = path.split('/').filter((name) => name !== '');
  const folders = mounts.flatMap((mount) =>
    Array.from({ length: names.length + 1 }, (_, depth) => join(mount, ...names.slice(0, depth))),
  );
  return folders.flatMap((folder) => {
    const [quota, period] = (readQuota(folder) ?? []).map(Number);
    // "max" and -1 both mean that there is none.
    return quota && period && quota > 0 && period > 0 ? [quota / period] : [];
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
