import type { HostActivity } from '../../results/document/run-document.ts';
import { readProc } from './read-proc.ts';

/** USER_HZ, the unit of times in /proc. */
const ticksPerSecond = 100;

/**
 * Reads /proc/stat's first line (proc_stat(5)): CPU time of all cores since the machine started. Busy is all
 * but idle, waiting for disks, and stolen by other guests of the same host; guests' time is within user's.
 */
export function parseHostActivity(text: string): HostActivity {
  const [name, ...ticks] = text.split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  if (name !== 'cpu' || ticks.length < 8) return { busyCpuSeconds: null, stealSeconds: null };
  const [user, nice, system, , , irq, softIrq, steal] = ticks.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    busyCpuSeconds: (user + nice + system + irq + softIrq) / ticksPerSecond,
    stealSeconds: steal / ticksPerSecond,
  };
}

/** What the whole machine has done since it started; null where the platform doesn't tell. */
export function readHostActivity(): HostActivity {
  return parseHostActivity(readProc('stat') ?? '');
}

export function hostActivityBetween(start: HostActivity, end: HostActivity): HostActivity {
  return {
    busyCpuSeconds: difference(start.busyCpuSeconds, end.busyCpuSeconds),
    stealSeconds: difference(start.stealSeconds, end.stealSeconds),
  };
}

function difference(start: number | null, end: number | null): number | null {
  return start === null || end === null ? null : Math.max(0, end - start);
}
