import { dirname, join } from 'node:path';
import type { Throttling } from '../../results/document/run-document.ts';
import { readIfThere } from './proc.ts';

type Read = (path: string) => string | null;

/**
 * The folders of this process's control group for CPU time and of all groups around it, under cgroup v1 or v2. A
 * container sees its own group as the root of the mount, also where its membership names the path of its host.
 */
export function cpuControlGroups(read: Read): string[] {
  const memberships = read('/proc/self/cgroup') ?? '';
  const version1 = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/m.exec(memberships)?.[1];
  const group = version1 ?? /^0::(.*)$/m.exec(memberships)?.[1];
  if (group === undefined) return [];
  const root = version1 === undefined ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu';
  return withParents(join('/', group)).map((path) => join(root, path));
}

const withParents = (path: string): string[] =>
  path === '/' ? ['/'] : [path, ...withParents(dirname(path))];

/**
 * How often CPU quotas have stopped the processes of this control group and of those around it since they exist; null
 * where the kernel does not count it. Source: the kernel's sched-bwc.rst and cgroup-v2.rst (`cpu.stat`).
 */
export function readThrottling(read: Read = readIfThere): Throttling | null {
  const counted = cpuControlGroups(read).flatMap((folder) => {
    const values = parseCpuStat(read(join(folder, 'cpu.stat')) ?? '');
    return values ? [values] : [];
  });
  return counted.length > 0 ? counted.reduce(add) : null;
}

function parseCpuStat(text: string): Throttling | null {
  const values = new Map(
    text.split('\n').map((line) => {
      const [name = '', value] = line.split(' ');
      return [name, Number(value)];
    }),
  );
  const number = (name: string) => values.get(name) ?? Number.NaN;
  const [periods, throttledPeriods] = [number('nr_periods'), number('nr_throttled')];
  const throttledSeconds = values.has('throttled_usec')
    ? number('throttled_usec') / 1e6
    : number('throttled_time') / 1e9;
  const isCounted = [periods, throttledPeriods, throttledSeconds].every(Number.isFinite);
  return isCounted ? { periods, throttledPeriods, throttledSeconds } : null;
}

/** How much CPU quotas stopped between two readings; null where a reading is. */
export function throttlingBetween(
  start: Throttling | null,
  end: Throttling | null,
): Throttling | null {
  if (!start || !end) return null;
  return {
    periods: Math.max(0, end.periods - start.periods),
    throttledPeriods: Math.max(0, end.throttledPeriods - start.throttledPeriods),
    throttledSeconds: Math.max(0, end.throttledSeconds - start.throttledSeconds),
  };
}

const add = (one: Throttling, other: Throttling): Throttling => ({
  periods: one.periods + other.periods,
  throttledPeriods: one.throttledPeriods + other.throttledPeriods,
  throttledSeconds: one.throttledSeconds + other.throttledSeconds,
});
