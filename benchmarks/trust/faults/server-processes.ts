import { readProc } from '../../../runner/probes/proc.ts';
import { processTree } from '../../../runner/probes/process-tree.ts';

/** The processes below this one whose command line holds a text, parents before children. */
export function processesWith(text: string): number[] {
  return processTree(process.pid).filter(
    (pid) => pid !== process.pid && commandLine(pid).includes(text) && !isLauncher(pid),
  );
}

const commandLine = (pid: number) => (readProc(`${pid}/cmdline`) ?? '').replaceAll('\0', ' ');

/** Shells and wardens carry the command line of what they start. */
const isLauncher = (pid: number) => !/^\S*node\s(?!.*warden)/.test(commandLine(pid));
