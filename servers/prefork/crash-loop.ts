const windowMs = 10_000;
const fewestAllowed = 20;
/** Deaths allowed per worker: all may be killed at once, and their replacements too. */
const deathsAllowedEach = 2;

/** Distinguishes occasional deaths of workers, which are replaced, from workers that die again and again. */
export class CrashLoop {
  readonly #deathsMs: number[] = [];
  readonly #deathsAllowed: number;

  constructor(workers: number) {
    this.#deathsAllowed = Math.max(fewestAllowed, deathsAllowedEach * workers);
  }

  /** @returns whether workers have died too often lately, including this death */
  died(nowMs: number): boolean {
    this.#deathsMs.push(nowMs);
    while (nowMs - (this.#deathsMs[0] ?? nowMs) > windowMs) this.#deathsMs.shift();
    return this.#deathsMs.length > this.#deathsAllowed;
  }
}
