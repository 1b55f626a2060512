import { setTimeout as delay } from 'node:timers/promises';
import type { Pilot } from '../../results/document/run-document.ts';
import { cpuBetween, processTree, readCpuSnapshot, readMemoryBytes } from './process-tree.ts';
import { comesToRest } from './rest.ts';

/** What a server uses while it gets no requests. */
export type Idle = NonNullable<Pilot['idle']>;

const idleSeconds = 0.5;
/** A server may still compile or clean up after its start; one that never rests is measured as it is. */
const longestRestMs = 1_000;

/**
 * What a server uses after its start, before the first load.
 *
 * @param pid null for a server whose processes are unknown
 * @returns null where nothing can be read
 */
export async function measureIdle(pid: number | null): Promise<Idle | null> {
  if (pid === null) return null;
  await comesToRest(pid, longestRestMs);
  const before = readCpuSnapshot(pid);
  const beganMs = performance.now();
  await delay(1000 * idleSeconds);
  const after = readCpuSnapshot(pid);
  const seconds = (performance.now() - beganMs) / 1000;
  const coresBusy = before && after ? cpuBetween(before, after).cpuSeconds / seconds : null;
  const memoryBytes = readMemoryBytes(processTree(pid));
  return coresBusy === null && memoryBytes === null ? null : { coresBusy, memoryBytes };
}
