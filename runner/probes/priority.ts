import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';

const lowestRealTimePriority = '1';
/** Used where real-time priority is not permitted: runs before programs of normal priority at the next time slice. */
const generatorNiceness = -10;

/**
 * Raises this process above the servers, where permitted (root, or CAP_SYS_NICE). A load generator that shares its CPUs
 * with busy servers would otherwise wait for the end of a time slice of some milliseconds and send late; a client on a
 * machine of its own would not wait. Elsewhere nothing changes: windows with late sends are void in any case.
 */
export function raisePriority(): void {
  if (becomeRealTime()) return;
  try {
    setPriority(generatorNiceness);
  } catch {
    // not permitted to this user
  }
}

/** Whether generators that this process starts may run at real-time priority. */
export function mayBecomeRealTime(): boolean {
  return chrt('--rr', lowestRealTimePriority, 'true');
}

/** Applies to all present and future threads of this process. */
function becomeRealTime(): boolean {
  return chrt('--rr', '--all-tasks', '--pid', lowestRealTimePriority, String(process.pid));
}

/** Linux only; Node.js has no function for real-time priority. */
function chrt(...words: readonly string[]): boolean {
  return spawnSync('chrt', words, { stdio: 'ignore' }).status === 0;
}
