import { listProc, parseProcessStat, readProc } from '../../runner/probes/proc.ts';
import { processTree, readMemoryBytes } from '../../runner/probes/process-tree.ts';

/** What a tree of processes holds at one moment. */
export interface Reading {
  readonly memoryBytes: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly processes: number;
}

/** Null when the process has ended, or the platform has no /proc. */
function readHeld(pids: readonly number[]): Reading | null {
  const memoryBytes = readMemoryBytes(pids);
  if (memoryBytes === null) return null;
  const sum = (of: (pid: number) => number) => pids.reduce((total, pid) => total + of(pid), 0);
  return {
    memoryBytes,
    descriptors: sum((pid) => listProc(`${pid}/fd`).length),
    threads: sum((pid) => parseProcessStat(readProc(`${pid}/stat`) ?? '')?.threads ?? 0),
    processes: pids.length,
  };
}

/** What a server with all its processes holds. */
export const readTree = (pid: number): Reading | null => readHeld(processTree(pid));

/** What this process itself holds; its handles are those that keep Node.js running. */
export function readOwn(): (Reading & { readonly handles: number }) | null {
  const held = readHeld([process.pid]);
  return held && { ...held, handles: process.getActiveResourcesInfo().length };
}
