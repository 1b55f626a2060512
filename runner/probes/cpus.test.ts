import { availableParallelism } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { availableCpus, cgroup1CpuQuota, coresFrom } from './cpus.ts';

describe('the CPU quota of cgroup v1', () => {
  const quotaWith = (membership: string, files: Record<string, string> = {}) => {
    const all: Record<string, string> = { ...files, '/proc/self/cgroup': membership };
    return cgroup1CpuQuota((path) => all[path] ?? null);
  };
  const limits = (folder: string, quota: number) => ({
    [`${folder}/cpu.cfs_quota_us`]: `${quota}\n`,
    [`${folder}/cpu.cfs_period_us`]: '100000\n',
  });

  test.each(['cpu', 'cpu,cpuacct', 'cpuacct,cpu'])('is found for the controllers %s', (names) => {
    const membership = `4:memory:/a\n3:${names}:/a\n0::/\n`;
    expect(quotaWith(membership, limits('/sys/fs/cgroup/cpu/a', 300_000))).toBe(3);
  });

  test('is found in a container that sees the path of its host', () => {
    const membership = '3:cpu,cpuacct:/docker/0123\n';
    expect(quotaWith(membership, limits('/sys/fs/cgroup/cpu', 50_000))).toBe(0.5);
  });

  test('is the tighter of the group and the container', () => {
    const container = limits('/sys/fs/cgroup/cpu', 200_000);
    const group = limits('/sys/fs/cgroup/cpu/a', 150_000);
    expect(quotaWith('3:cpu:/a\n', { ...container, ...group })).toBe(1.5);
  });

  test('does not exist for -1, under cgroup v2, or without control groups', () => {
    expect(quotaWith('1:cpu:/\n', limits('/sys/fs/cgroup/cpu', -1))).toBeNull();
    expect(quotaWith('2:cpuset:/a\n0::/a\n', limits('/sys/fs/cgroup/cpu/a', 1))).toBeNull();
    expect(quotaWith('')).toBeNull();
  });
});

test('the number of available CPUs is a whole number from 1 to what the affinity allows', () => {
  expect(availableCpus()).toBeGreaterThanOrEqual(1);
  expect(availableCpus()).toBeLessThanOrEqual(availableParallelism());
  expect(Number.isInteger(availableCpus())).toBe(true);
});

test('hyper-threads with distant numbers form one core', () => {
  expect(
    coresFrom(['0,4\n', '1,5\n', '2,6\n', '3,7\n', '0,4\n', '1,5\n', '2,6\n', '3,7\n']),
  ).toEqual([
    [0, 4],
    [1, 5],
    [2, 6],
    [3, 7],
  ]);
});

test('hyper-threads with adjacent numbers form one core', () => {
  expect(coresFrom(['2-3', '2-3', '0-1', '0-1'])).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test('a CPU without siblings is a core', () => {
  expect(coresFrom(['0', '1', '10'])).toEqual([[0], [1], [10]]);
});
