import { expect, test } from '@jest/globals';
import { cpuControlGroups, readThrottling, throttlingBetween } from './control-groups.ts';

const reader = (files: Record<string, string>) => (path: string) => files[path] ?? null;

test('the groups around a process are found, the innermost first', () => {
  const groupsOf = (membership: string) =>
    cpuControlGroups(reader({ '/proc/self/cgroup': membership }));
  expect(groupsOf('0::/a/b\n')).toEqual([
    '/sys/fs/cgroup/a/b',
    '/sys/fs/cgroup/a',
    '/sys/fs/cgroup/',
  ]);
  expect(groupsOf('4:memory:/m\n3:cpu,cpuacct:/a\n0::/\n')).toEqual([
    '/sys/fs/cgroup/cpu/a',
    '/sys/fs/cgroup/cpu/',
  ]);
  expect(groupsOf('2:cpuset:/a\n')).toEqual([]);
  expect(groupsOf('')).toEqual([]);
});

test('throttling is read in the units of both versions of control groups', () => {
  const version1 = reader({
    '/proc/self/cgroup': '1:cpu:/\n',
    '/sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 50\nnr_throttled 20\nthrottled_time 1500000000\n',
  });
  const version2 = reader({
    '/proc/self/cgroup': '0::/\n',
    '/sys/fs/cgroup/cpu.stat':
      'usage_usec 9\nnr_periods 50\nnr_throttled 20\nthrottled_usec 1500000\n',
  });
  const expected = { periods: 50, throttledPeriods: 20, throttledSeconds: 1.5 };
  expect(readThrottling(version1)).toEqual(expected);
  expect(readThrottling(version2)).toEqual(expected);
});

test('a quota of a group further out counts too', () => {
  const stat = (periods: number) =>
    `nr_periods ${periods}\nnr_throttled 5\nthrottled_usec 1000000\n`;
  const read = reader({
    '/proc/self/cgroup': '0::/pod/container\n',
    '/sys/fs/cgroup/pod/container/cpu.stat': stat(10),
    '/sys/fs/cgroup/pod/cpu.stat': stat(20),
    '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\n',
  });
  expect(readThrottling(read)).toEqual({ periods: 30, throttledPeriods: 10, throttledSeconds: 2 });
});

test('throttling is unknown where no group counts it', () => {
  expect(readThrottling(reader({}))).toBeNull();
  const root = { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\n' };
  expect(readThrottling(reader(root))).toBeNull();
});

test('throttling between two readings is the increase', () => {
  const start = { periods: 50, throttledPeriods: 20, throttledSeconds: 1.5 };
  const end = { periods: 60, throttledPeriods: 24, throttledSeconds: 1.75 };
  expect(throttlingBetween(start, end)).toEqual({
    periods: 10,
    throttledPeriods: 4,
    throttledSeconds: 0.25,
  });
  expect(throttlingBetween(null, end)).toBeNull();
});
