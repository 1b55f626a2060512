const windowMs = 10_000;
const fewestAllowed = 20;
/** Deaths allowed per worker: all may be killed at once, and their replacements too. */
const deathsAllowedEach = 2;

/** Distinguishes occasional deaths of workers, which are replaced, from workers that die again and again. */
export class CrashLoop {
  readonly #deathsMs: number[] = [];
  readonly #workers: number;

  constructor(workers: number) {
    this.#workers = workers;
  }

  /**
   * @param isUp whether all workers were ready at some time; until then, deaths count however slowly workers start
   * @returns whether workers have died too often lately, including this death
   */
  died(nowMs: number, isUp: boolean): boolean {
    this.#deathsMs.push(nowMs);
    const allowed = deathsAllowedEach * this.#workers;
    if (!isUp) return this.#deathsMs.length > allowed;
    while (nowMs - (this.#deathsMs[0] ?? nowMs) > windowMs) this.#deathsMs.shift();
    return this.#deathsMs.length > Math.max(fewestAllowed, allowed);
  }
}
