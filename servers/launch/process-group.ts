import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const killedWithinMs = 5_000;

/** Sends a signal to every process of a group; one that is gone already gets none. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Kills a process group and waits until nothing of it is left.
 * @throws Error if something of it survives for seconds
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

/** Whether a process of the group still runs. Dead ones that nobody has collected do not count. */
export function groupIsAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    return !isGone(error);
  }
  return process.platform === 'linux' ? hasLiveMember(group) : true;
}

/** In a container without an init, orphans stay on as zombies for ever: only /proc tells them from the living. */
function hasLiveMember(group: number): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^[0-9]+$/.test(entry)) return false;
    const [state, , processGroup] = statFields(entry);
    return Number(processGroup) === group && state !== 'Z' && state !== 'X';
  });
}

/** The fields of /proc/PID/stat from the state on: what precedes may hold spaces. Empty for a process that is gone. */
function statFields(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
