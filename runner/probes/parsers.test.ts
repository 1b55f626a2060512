import { describe, expect, test } from '@jest/globals';
import { parseOsRelease } from './environment.ts';
import {
  hostActivityBetween,
  kernelCountsBetween,
  parseHostActivity,
  parseNetstat,
} from './machine-counters.ts';
import {
  parseCpuPressureSeconds,
  parseOpenFilesLimit,
  parseProcessMemory,
  parseProcessStat,
  parseSchedstat,
} from './proc.ts';

describe('the kernel files in /proc', () => {
  test("give a process's parent, threads and CPU time, whatever its name", () => {
    const fields =
      '4242 (a) b (c) S 17 4242 4242 0 -1 4194560 3 5 0 1 120 30 7 3 20 0 9 0 89375 5124096';
    expect(parseProcessStat(`${fields} 969 18446744073709551615`)).toEqual({
      parentPid: 17,
      threads: 9,
      cpuSeconds: 1.6,
    });
    expect(parseProcessStat('')).toBeNull();
  });

  test("give a thread's time on the CPU and on the run queue", () => {
    expect(parseSchedstat('2500000000 750000000 42\n')).toEqual({
      cpuSeconds: 2.5,
      runQueueDelaySeconds: 0.75,
    });
  });

  test('give no scheduler times where the kernel does not count them', () => {
    expect(parseSchedstat('0 0 0\n')).toBeNull();
    expect(parseSchedstat('')).toBeNull();
  });

  test('give the memory of a process, its pages of files apart', () => {
    const sizes =
      'Rss: 1764 kB\nPss: 343 kB\nPss_Anon: 116 kB\nPss_Shmem: 8 kB\nAnonymous: 132 kB\n';
    const text = `55e0-7ffd ---p 00000000 00:00 0 [rollup]\n${sizes}`;
    expect(parseProcessMemory(text)).toEqual({ ownBytes: 124 * 1024, fileBytes: 1624 * 1024 });
    expect(parseProcessMemory('')).toBeNull();
  });

  test('give network counters by group and name', () => {
    const text =
      'TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 12 13\nIpExt: InOctets\nIpExt: 9\n';
    const counters = parseNetstat(text);
    expect(counters.get('TcpExt.ListenOverflows')).toBe(12);
    expect(counters.get('TcpExt.ListenDrops')).toBe(13);
    expect(counters.get('IpExt.InOctets')).toBe(9);
  });

  test('give the busy and the stolen time of all cores', () => {
    const text = 'cpu  100 20 300 4000 50 6 7 80 9 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n';
    expect(parseHostActivity(text)).toEqual({ busyCpuSeconds: 4.33, stealSeconds: 0.8 });
    expect(parseHostActivity('')).toEqual({ busyCpuSeconds: null, stealSeconds: null });
  });

  test('give the CPU pressure', () => {
    const text =
      'some avg10=0.21 avg60=1.08 avg300=1.12 total=19729516\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
    expect(parseCpuPressureSeconds(text)).toBe(19.729516);
    expect(parseCpuPressureSeconds('')).toBeNull();
  });

  test('give the limit on open files', () => {
    const line = (soft: string) =>
      `Max open files            ${soft}                524288               files     \n`;
    expect(parseOpenFilesLimit(line('20000'))).toBe(20_000);
    expect(parseOpenFilesLimit(line('unlimited'))).toBeNull();
  });
});

test("os-release gives the operating system's name", () => {
  expect(parseOsRelease('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe(
    'Debian GNU/Linux 12 (bookworm)',
  );
  expect(parseOsRelease('ID=odd\n')).toBeNull();
});

test('the increase of a counter is unknown, not zero, when one of the two readings lacks it', () => {
  const some = { listenOverflows: 3, listenDrops: 3, synRetransmits: 1 };
  const none = { listenOverflows: null, listenDrops: null, synRetransmits: null };
  expect(kernelCountsBetween(some, { ...some, listenDrops: 5 })).toEqual({
    listenOverflows: 0,
    listenDrops: 2,
    synRetransmits: 0,
  });
  expect(kernelCountsBetween(some, none)).toEqual(none);
  const unknown = { busyCpuSeconds: null, stealSeconds: null };
  expect(hostActivityBetween(unknown, { busyCpuSeconds: 4, stealSeconds: 0 })).toEqual(unknown);
});
