import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './diagnostics.ts';

/** Sends a signal to every process of a group; no error if the group is gone. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** Whether a process has the number, or had it and has not been collected by its parent. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Whether a process of the group still runs; zombies do not count. */
export function groupIsAlive(group: number): boolean {
  if (!isAlive(-group)) return false;
  return process.platform === 'linux' ? hasLiveMember(group) : true;
}

/** Waits until no process of the group runs, at most for a time. */
export async function groupEnds(group: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (groupIsAlive(group) && performance.now() < deadline) await delay(2);
}

/** In a container without an init process, orphans stay zombies for ever; only /proc shows which processes are zombies. */
function hasLiveMember(group: number): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^[0-9]+$/.test(entry)) return false;
    const [state, , processGroup] = parseStatFields(readStat(entry));
    return Number(processGroup) === group && state !== 'Z' && state !== 'X';
  });
}

/** The fields of /proc/PID/stat from the third, the state, on: the name before it may contain any character. */
export function parseStatFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return ''; // the process is gone
  }
}
