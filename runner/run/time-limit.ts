import { sumOf } from '../../results/statistics/summary.ts';

/**
 * The time limit of a run. Nothing begins that would end after it, if it took as long as the last of its kind. Waits for
 * quiet and repeated turns are not counted: they are rare, and have a limit of their own.
 */
export class TimeLimit {
  readonly #budgetSeconds: number | null;
  readonly #elapsedSeconds: () => number;
  readonly #patientSeconds: () => number;
  readonly #lastSeconds = new Map<string, number>();

  /**
   * @param budgetSeconds null for no limit
   * @param elapsedSeconds since the run began
   * @param patientSeconds spent so far on waits and repeats
   */
  constructor(
    budgetSeconds: number | null,
    elapsedSeconds: () => number,
    patientSeconds: () => number,
  ) {
    this.#budgetSeconds = budgetSeconds;
    this.#elapsedSeconds = elapsedSeconds;
    this.#patientSeconds = patientSeconds;
  }

  /** Whether steps of these kinds, one after the other, end in time; a kind that never ran takes no time. */
  allows(...kinds: readonly string[]): boolean {
    return this.leaves(0, ...kinds);
  }

  /** Whether so many seconds are left after steps of these kinds. */
  leaves(seconds: number, ...kinds: readonly string[]): boolean {
    if (this.#budgetSeconds === null) return true;
    return this.#elapsedSeconds() + seconds + this.secondsOf(kinds) <= this.#budgetSeconds;
  }

  /** How long steps of these kinds took the last time, all in all. */
  secondsOf(kinds: readonly string[]): number {
    return sumOf(kinds.map((kind) => this.#lastSeconds.get(kind) ?? 0));
  }

  /** Does a step, and remembers how long steps of its kind take. */
  async time<Result>(kind: string, step: () => Promise<Result>): Promise<Result> {
    const countedSeconds = () => this.#elapsedSeconds() - this.#patientSeconds();
    const beganSeconds = countedSeconds();
    try {
      return await step();
    } finally {
      this.#lastSeconds.set(kind, countedSeconds() - beganSeconds);
    }
  }
}
