import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs, wait } from '../../servers/kit/runtime.ts';
import type { AgreeOnStart, LoadProgress, LoadResult } from './load.ts';

const progressMs = 220;
const checkTimeoutsMs = 50;
const drainCheckMs = 5;
const intervalMs = 100;

/** The start and the end of a load's window, in ms of `performance.now()`. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** Waits until a prepared load begins; gives that time in ms of `performance.now()`. */
export async function awaitStart(agreeOnStart?: AgreeOnStart): Promise<number> {
  if (!agreeOnStart) return performance.now();
  const atMs = await agreeOnStart();
  const startMs = performance.now() + atMs - monotonicMs();
  const leftMs = startMs - performance.now();
  if (leftMs > 0) await wait(leftMs);
  return startMs;
}

/** A load's requests, as far as following its window needs to know. */
export interface RequestProgress {
  /** Good responses since the load began. */
  readonly completed: () => number;
  /** Requests without an outcome so far. */
  readonly unfinished: () => number;
  /** Gives up requests that have not been answered in time. */
  readonly checkTimeouts: () => void;
}

/** Follows a load through its warm-up and its window until every request has an outcome, and reports progress. */
export async function followWindow(
  window: Window,
  { completed, unfinished, checkTimeouts }: RequestProgress,
  emit: (event: LoadProgress) => void,
): Promise<void> {
  const followUntil = async (endMs: number) => {
    const startMs = performance.now();
    const completedBefore = completed();
    for (;;) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return;
      await sleep(Math.min(progressMs, leftMs));
      const elapsedSeconds = (performance.now() - startMs) / 1000;
      emit({ type: 'progress', completed: completed() - completedBefore, elapsedSeconds });
    }
  };
  // Each check waits until arrived data has been read: a response that is not read yet is not a timeout.
  const timer = setInterval(() => setImmediate(checkTimeouts), checkTimeoutsMs);
  try {
    await followUntil(window.startMs);
    emit({ type: 'window-started' });
    await followUntil(window.endMs);
    emit({ type: 'window-ended' });
    while (unfinished() > 0) await sleep(drainCheckMs);
  } finally {
    clearInterval(timer);
  }
}

/** Counts what happens in each tenth of a second of a window. Events before and after the window may be added too. */
export class Intervals {
  readonly #window: Window;
  readonly #sent: number[];
  readonly #completed: number[];
  readonly #ended: number[];
  #inFlightAtStart = 0;

  constructor(window: Window) {
    this.#window = window;
    const count = Math.ceil((window.endMs - window.startMs) / intervalMs - 1e-6);
    const zeros = () => Array.from({ length: count }, () => 0);
    [this.#sent, this.#completed, this.#ended] = [zeros(), zeros(), zeros()];
  }

  sent(ms: number): void {
    if (ms < this.#window.startMs) this.#inFlightAtStart += 1;
    else this.#count(this.#sent, ms);
  }

  /** A request is no longer in flight, whatever its outcome. */
  ended(ms: number): void {
    if (ms < this.#window.startMs) this.#inFlightAtStart -= 1;
    else this.#count(this.#ended, ms);
  }

  completed(ms: number): void {
    if (ms >= this.#window.startMs) this.#count(this.#completed, ms);
  }

  #count(intervals: number[], ms: number): void {
    const index = Math.floor((ms - this.#window.startMs) / intervalMs);
    const before = intervals[index];
    if (before !== undefined && ms < this.#window.endMs) intervals[index] = before + 1;
  }

  summarise(): LoadResult['intervals'] {
    const windowMs = this.#window.endMs - this.#window.startMs;
    let inFlight = this.#inFlightAtStart;
    return this.#completed.map((completed, index) => {
      const startMs = index * intervalMs;
      const sent = this.#sent[index] ?? 0;
      inFlight += sent - (this.#ended[index] ?? 0);
      return {
        startSeconds: startMs / 1000,
        durationSeconds: Math.min(intervalMs, windowMs - startMs) / 1000,
        sent,
        completed,
        inFlight,
      };
    });
  }
}
