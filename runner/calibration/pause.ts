import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Stops a process for a while, as SIGSTOP does, and lets it go on.
 * @returns how long it stood still, in ms
 */
export async function pauseProcess(pid: number, afterMs: number, forMs: number): Promise<number> {
  await sleep(afterMs);
  process.kill(pid, 'SIGSTOP');
  const stoppedMs = performance.now();
  try {
    await sleep(forMs);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return performance.now() - stoppedMs;
}
