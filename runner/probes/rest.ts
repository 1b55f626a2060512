import { setTimeout as delay } from 'node:timers/promises';
import { cpuBetween, readCpuSnapshot } from './process-tree.ts';

const sampleMs = 100;
/** What a server uses at most while it gets no requests: its timers, in each process. */
const restingShareOfCore = { server: 0.02, process: 0.01 };

/**
 * Waits until a server has nothing left to do. Behind thousands of connections it is busy with closing them for a
 * while, which would count as the cost of its next request.
 *
 * @param pid null for a server whose processes are unknown, which is not waited for
 * @returns false if the server was still busy after the longest wait
 */
export async function comesToRest(pid: number | null, longestWaitMs: number): Promise<boolean> {
  if (pid === null) return true;
  const deadlineMs = performance.now() + longestWaitMs;
  while (performance.now() < deadlineMs) {
    const before = readCpuSnapshot(pid);
    await delay(sampleMs);
    const after = readCpuSnapshot(pid);
    if (!before || !after) return true;
    const share = restingShareOfCore.server + restingShareOfCore.process * after.processes.length;
    if (cpuBetween(before, after).cpuSeconds < (share * sampleMs) / 1000) return true;
  }
  return false;
}
