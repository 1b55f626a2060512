import { readFileSync } from 'node:fs';
import { parseCpuList } from './cpu-list.ts';

/** CPUs of one physical core: hyper-threads, which slow each other down. */
export type Core = readonly number[];

/** The cores that CPUs belong to, from what the kernel lists as the siblings of each; ascending by their first CPU. */
export function coresFrom(siblingLists: readonly string[]): Core[] {
  const lists = [...new Set(siblingLists.map((list) => list.trim()))];
  return lists
    .map((list) => parseCpuList('thread_siblings_list', list))
    .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** The cores of these CPUs; where the platform does not tell (only Linux does), each CPU counts as one. */
export function readCores(cpus: readonly number[]): Core[] {
  try {
    const folder = '/sys/devices/system/cpu';
    return coresFrom(
      cpus.map((cpu) => readFileSync(`${folder}/cpu${cpu}/topology/thread_siblings_list`, 'utf8')),
    );
  } catch {
    return cpus.map((cpu) => [cpu]);
  }
}
