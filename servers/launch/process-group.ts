import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './diagnostics.ts';

const killedWithinMs = 5_000;

/** Sends a signal to every process of a group; no error if the group is gone. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/**
 * Kills a process group and waits until no process of it is left.
 * @throws Error if one survives for 5 s
 */
export async function killGroup(group: number): Promise<void> {
  const deadline = performance.now() + killedWithinMs;
  while (groupIsAlive(group)) {
    if (performance.now() > deadline) {
      throw new Error(`process group ${group} survived SIGKILL for ${killedWithinMs / 1000} s`);
    }
    signalGroup(group, 'SIGKILL');
    await delay(2);
  }
}

/** Whether a process of the group still runs; zombies do not count. */
export function groupIsAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
  return process.platform === 'linux' ? hasLiveMember(group) : true;
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
