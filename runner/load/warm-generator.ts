import { type Generator, type GeneratorOptions, startGenerator } from './generator.ts';
import type { AgreeOnStart, Load, LoadProgress, LoadResult } from './load.ts';

/** What sends the loads of a run, from this machine or from others. */
export interface RunGenerator {
  /** The process that sends them; null if there is none on this machine. */
  readonly pid: number | null;
  /**
   * Runs one load to its end; one load at a time.
   * @throws Error when the load cannot be run or did not end well
   */
  run(load: Load, emit: (event: LoadProgress) => void): Promise<LoadResult>;
  /** Makes it ready for the next load, whatever became of the last. */
  recover(): Promise<void>;
  stop(): Promise<void>;
  /** Why it cannot run any more loads; null while it can. */
  readonly failure: string | null;
}

/**
 * The load generator of a run. It stays warm from server to server: a fresh one would send its first requests late, while
 * its code is not yet compiled. One that failed, or was left in the middle of a load, is replaced.
 */
export class WarmGenerator implements RunGenerator {
  readonly failure = null;
  readonly #options: GeneratorOptions;
  #generator: Generator;
  #isLoading = false;

  constructor(options: GeneratorOptions) {
    this.#options = options;
    this.#generator = startGenerator(options);
  }

  /** Null when the process could not be started. */
  get pid(): number | null {
    return this.#generator.pid;
  }

  /**
   * Runs one load to its end; one load at a time.
   * @throws Error when the load cannot be run, another one runs or has failed, the process dies or could not be started
   */
  async run(
    load: Load,
    emit: (event: LoadProgress) => void,
    agreeOnStart?: AgreeOnStart,
  ): Promise<LoadResult> {
    if (this.#isLoading) throw new Error('the load generator has not ended its last load');
    this.#isLoading = true;
    const result = await this.#generator.run(load, emit, agreeOnStart);
    this.#isLoading = false;
    return result;
  }

  async recover(): Promise<void> {
    if (!this.#isLoading) return;
    await this.#generator.stop();
    this.#generator = startGenerator(this.#options);
    this.#isLoading = false;
  }

  /** Kills the process. */
  stop(): Promise<void> {
    return this.#generator.stop();
  }
}
