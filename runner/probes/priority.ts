import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';

const lowestRealTimePriority = '1';
/** Second best: runs before programs of usual priority, once the one that runs has used up its slice. */
const generatorNiceness = -10;

/**
 * Lets this process run whenever it wants to, where it may (as root, or with CAP_SYS_NICE): beside servers that keep
 * every core busy it would otherwise wait for the end of a slice of some milliseconds, and send late. A client on
 * a machine of its own would not wait either. Elsewhere nothing changes, and the gate on late sends still watches.
 */
export function raisePriority(): void {
  if (becomeRealTime()) return;
  try {
    setPriority(generatorNiceness);
  } catch {
    // Not permitted to this user.
  }
}

/** Whether generators that this process starts may run at real-time priority. */
export function mayBecomeRealTime(): boolean {
  return chrt('--rr', lowestRealTimePriority, 'true');
}

/** For all threads that there are and that will be. */
function becomeRealTime(): boolean {
  return chrt('--rr', '--all-tasks', '--pid', lowestRealTimePriority, String(process.pid));
}

/** Linux only; Node.js has no call for it. */
function chrt(...words: readonly string[]): boolean {
  return spawnSync('chrt', words, { stdio: 'ignore' }).status === 0;
}
