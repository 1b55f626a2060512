import type { LoadResult } from './load.ts';

const intervalMs = 100;

/** When a load's window begins and ends, on the clock of `performance.now()`. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** What happened in each tenth of a second of a window. Times before and after it may be told too. */
export class Intervals {
  readonly #window: Window;
  readonly #sent: number[];
  readonly #completed: number[];
  readonly #ended: number[];
  #inFlightAtStart = 0;

  constructor(window: Window) {
    this.#window = window;
    const zeros = () =>
      Array.from(
        { length: Math.ceil((window.endMs - window.startMs) / intervalMs - 1e-6) },
        () => 0,
      );
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
