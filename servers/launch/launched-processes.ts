import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './diagnostics.ts';
import { groupIsAlive, signalGroup } from './process-group.ts';

/**
 * The variable in the environment of everything that a launch starts. Processes inherit it, so those that have left
 * their process group, session and parent, such as daemons, are found by it.
 */
export const launchMark = 'BENCH_LAUNCH';

/** All processes of one launch. */
export interface Launched {
  readonly group: number;
  /** The value of the mark, unique to the launch. */
  readonly mark: string;
}

const killedWithinMs = 5_000;
/** While this process itself is stopped, time passes and nothing is tried. */
const fewestTries = 100;

/**
 * Kills all processes of a launch and waits until none is left. The group comes last: the watcher, which belongs to it,
 * takes over if this process dies meanwhile.
 * @throws Error if a process survives for 5 s
 */
export async function killLaunch({ group, mark }: Launched): Promise<void> {
  const deadline = performance.now() + killedWithinMs;
  for (let tries = 1; ; tries++) {
    const marked = markedProcesses(mark);
    for (const pid of marked) kill(pid);
    if (marked.length === 0) {
      if (!groupIsAlive(group)) return;
      signalGroup(group, 'SIGKILL');
    }
    if (performance.now() > deadline && tries > fewestTries) {
      const names = [...marked, `group ${group}`].join(', ');
      throw new Error(`processes survived SIGKILL for ${killedWithinMs / 1000} s: ${names}`);
    }
    await delay(2);
  }
}

/** The live processes whose environment has the mark. Empty where there is no /proc. */
export function markedProcesses(mark: string): number[] {
  const line = `${launchMark}=${mark}`;
  return listProcesses().filter((pid) => environmentOf(pid).split('\0').includes(line));
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((entry) => /^[0-9]+$/.test(entry))
      .map(Number);
  } catch {
    return [];
  }
}

/** Empty for a process that has ended, that belongs to another user, or whose parent has not collected its status. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
