import { setPriority } from 'node:os';

/** A nice value that lets a generator run as soon as it wants to, beside servers that keep every core busy. */
const generatorNiceness = -10;

/**
 * Lets this process run before the servers where it may (as root, or with CAP_SYS_NICE): on cores that it shares
 * with them it would otherwise send late. Elsewhere nothing changes, and the gate on late sends still watches.
 * For this thread and those that it starts from now on.
 */
export function takePrecedence(): void {
  try {
    setPriority(generatorNiceness);
  } catch {
    // Not permitted to this user.
  }
}
