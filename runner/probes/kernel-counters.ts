import type { KernelCounts } from '../../results/document/run-document.ts';
import { readProc } from './read-proc.ts';

/**
 * Reads /proc/net/netstat: a line of names, then one of numbers, each after the name of their group.
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

/** What the kernel has counted in this network namespace since it began; null where it doesn't tell. */
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
    listenOverflows: difference(start.listenOverflows, end.listenOverflows),
    listenDrops: difference(start.listenDrops, end.listenDrops),
    synRetransmits: difference(start.synRetransmits, end.synRetransmits),
  };
}

function difference(start: number | null, end: number | null): number | null {
  return start === null || end === null ? null : Math.max(0, end - start);
}
