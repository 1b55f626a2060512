import type { HostActivity, KernelCounts } from '../../results/document/run-document.ts';
import { readProc, ticksPerSecond } from './proc.ts';

/**
 * Reads the first line of /proc/stat (proc_stat(5)): CPU time of all cores since boot. Busy is everything but idle time,
 * time waiting for disks, and time stolen by other guests of the same host; guests' time is included in user time.
 */
export function parseHostActivity(text: string): HostActivity {
  const [name, ...fields] = text.split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  if (name !== 'cpu' || fields.length < 8) return { busyCpuSeconds: null, stealSeconds: null };
  const ticks = fields.map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = ticks;
  return {
    busyCpuSeconds: (user + nice + system + irq + softIrq) / ticksPerSecond,
    stealSeconds: steal / ticksPerSecond,
  };
}

/** The whole machine's CPU time since boot; null where the platform does not say. */
export function readHostActivity(): HostActivity {
  return parseHostActivity(readProc('stat') ?? '');
}

export function hostActivityBetween(start: HostActivity, end: HostActivity): HostActivity {
  return {
    busyCpuSeconds: increase(start.busyCpuSeconds, end.busyCpuSeconds),
    stealSeconds: increase(start.stealSeconds, end.stealSeconds),
  };
}

/**
 * Reads /proc/net/netstat: a line of names, then a line of numbers, both beginning with the name of their group.
 * Returns `Group.Name` → number.
 */
export function parseNetstat(text: string): Map<string, number> {
  const counters = new Map<string, number>();
  const lines = text.split('\n');
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [group, ...names] = lines[index]?.split(' ') ?? [];
    const [, ...numbers] = lines[index + 1]?.split(' ') ?? [];
    names.forEach((name, place) => {
      counters.set(`${group?.replace(':', '')}.${name}`, Number(numbers[place]));
    });
  }
  return counters;
}

/** TCP events of this network namespace since it was created; null where the kernel does not count them. */
export function readKernelCounts(): KernelCounts {
  const counters = parseNetstat(readProc('net/netstat') ?? '');
  return {
    listenOverflows: counters.get('TcpExt.ListenOverflows') ?? null,
    listenDrops: counters.get('TcpExt.ListenDrops') ?? null,
    synRetransmits: counters.get('TcpExt.TCPSynRetrans') ?? null,
  };
}

export function kernelCountsBetween(start: KernelCounts, end: KernelCounts): KernelCounts {
  return {
    listenOverflows: increase(start.listenOverflows, end.listenOverflows),
    listenDrops: increase(start.listenDrops, end.listenDrops),
    synRetransmits: increase(start.synRetransmits, end.synRetransmits),
  };
}

/** How much a counter has grown; null where it is unknown. */
export function increase(start: number | null, end: number | null): number | null {
  return start === null || end === null ? null : Math.max(0, end - start);
}
