const windowMs = 10_000;
const fewestAllowed = 20;
/** That all are killed at once, and their replacements too, is somebody's doing and no fault of theirs. */
const deathsAllowedEach = 2;

/** Tells a worker that dies now and then, which is replaced, from workers that die again and again. */
export class CrashLoop {
  readonly #deathsMs: number[] = [];
  readonly #deathsAllowed: number;

  constructor(workers: number) {
    this.#deathsAllowed = Math.max(fewestAllowed, deathsAllowedEach * workers);
  }

  /** @returns whether workers have died too often lately, this one included */
  died(nowMs: number): boolean {
    this.#deathsMs.push(nowMs);
    while (nowMs - (this.#deathsMs[0] ?? nowMs) > windowMs) this.#deathsMs.shift();
    return this.#deathsMs.length > this.#deathsAllowed;
  }
}
