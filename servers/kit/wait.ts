import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `ms` at least: a timer of Node's counts whole milliseconds, and may fire up to one too early. */
export async function wait(ms: number): Promise<void> {
  const dueMs = performance.now() + ms;
  await delay(ms);
  while (performance.now() < dueMs) await delay(1);
}
