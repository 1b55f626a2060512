import { parseProcessStat } from './process-stat.ts';
import { listProc, readProc } from './read-proc.ts';

/** A process and all that descend from it, itself first; none when it is gone or this platform doesn't tell. */
export function processTree(pid: number): number[] {
  if (readProc(`${pid}/stat`) === null) return [];
  return withDescendants(pid, childrenFromThreads(pid) ? childrenFromThreads : childrenFromScan());
}

type ChildrenOf = (pid: number) => readonly number[] | null;

export function withDescendants(pid: number, childrenOf: ChildrenOf): number[] {
  const tree = new Set([pid]);
  for (const parent of tree) for (const child of childrenOf(parent) ?? []) tree.add(child);
  return [...tree];
}

/** The kernel's own lists, one a thread that forked; null where it is built without them. */
function childrenFromThreads(pid: number): readonly number[] | null {
  const lists = listProc(`${pid}/task`).map((thread) => readProc(`${pid}/task/${thread}/children`));
  if (lists.every((list) => list === null)) return null;
  return lists.flatMap((list) => list?.match(/\d+/g) ?? []).map(Number);
}

function childrenFromScan(): ChildrenOf {
  const children = new Map<number, number[]>();
  for (const name of listProc('').filter((entry) => /^\d+$/.test(entry))) {
    const stat = parseProcessStat(readProc(`${name}/stat`) ?? '');
    if (stat) children.set(stat.parentPid, [...(children.get(stat.parentPid) ?? []), Number(name)]);
  }
  return (pid) => children.get(pid) ?? [];
}
