import { setTimeout as sleep } from 'node:timers/promises';
import type { Window } from './intervals.ts';
import type { LoadProgress } from './load.ts';

const progressMs = 220;

/** Tells of a load's progress, from now through its warm-up to its window's end. */
export async function followWindow(
  window: Window,
  completed: () => number,
  emit: (event: LoadProgress) => void,
): Promise<void> {
  await followUntil(window.startMs, completed, emit);
  emit({ type: 'window-started' });
  await followUntil(window.endMs, completed, emit);
  emit({ type: 'window-ended' });
}

async function followUntil(
  endMs: number,
  completed: () => number,
  emit: (event: LoadProgress) => void,
): Promise<void> {
  const startMs = performance.now();
  const completedBefore = completed();
  for (;;) {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) return;
    await sleep(Math.min(progressMs, leftMs));
    emit({
      type: 'progress',
      completed: completed() - completedBefore,
      elapsedSeconds: (performance.now() - startMs) / 1000,
    });
  }
}
