import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { availableCpus, cpuQuota } from './available-cpus.ts';

const quotaWith = (files: Record<string, string>) => cpuQuota((path) => files[path]);

test('a machine without control groups has no quota', () => {
  expect(quotaWith({})).toBeUndefined();
});

test('a v2 group without a limit has no quota', () => {
  expect(
    quotaWith({
      '/proc/self/cgroup': '0::/user.slice\n',
      '/sys/fs/cgroup/user.slice/cpu.max': 'max 100000\n',
    }),
  ).toBeUndefined();
});

test('a v2 quota is the time allowed in each period', () => {
  expect(
    quotaWith({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '150000 100000\n' }),
  ).toBe(1.5);
});

test('the tightest quota counts, of the group itself and those around it', () => {
  const files = {
    '/proc/self/cgroup': '0::/pods/mine/inner\n',
    '/sys/fs/cgroup/pods/cpu.max': '400000 100000\n',
    '/sys/fs/cgroup/pods/mine/cpu.max': '50000 50000\n',
    '/sys/fs/cgroup/pods/mine/inner/cpu.max': 'max 100000\n',
    '/sys/fs/cgroup/pods/other/cpu.max': '10000 100000\n',
  };
  expect(quotaWith(files)).toBe(1);
});

test('a v1 quota is found under the mount named after its controllers', () => {
  const files = {
    '/proc/self/cgroup': '4:memory:/a\n3:cpu,cpuacct:/a\n0::/\n',
    '/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us': '300000\n',
    '/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us': '100000\n',
  };
  expect(quotaWith(files)).toBe(3);
});

test('a v1 quota is found at the root of a container that sees the path of its host', () => {
  const files = {
    '/proc/self/cgroup': '3:cpuacct,cpu:/docker/0123\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  };
  expect(quotaWith(files)).toBe(0.5);
});

test('a v1 quota of -1 is none', () => {
  const files = {
    '/proc/self/cgroup': '1:cpu:/\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  };
  expect(quotaWith(files)).toBeUndefined();
});

test('what this process can use is a whole number from 1 to what its affinity allows', () => {
  expect(availableCpus()).toBeGreaterThanOrEqual(1);
  expect(availableCpus()).toBeLessThanOrEqual(availableParallelism());
  expect(Number.isInteger(availableCpus())).toBe(true);
});
