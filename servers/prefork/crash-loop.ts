const windowMs = 10_000;
const deathsAllowed = 20;

/** Tells a worker that dies now and then, which is replaced, from workers that die again and again. */
export class CrashLoop {
  readonly #deathsMs: number[] = [];

  /** @returns whether workers have died too often lately, this one included */
  died(nowMs: number): boolean {
    this.#deathsMs.push(nowMs);
    while (nowMs - (this.#deathsMs[0] ?? nowMs) > windowMs) this.#deathsMs.shift();
    return this.#deathsMs.length > deathsAllowed;
  }
}
