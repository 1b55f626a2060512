import { mostOtherShareOfMachine } from '../../results/gates/noisy-host.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import type { BusySample } from '../probes/busy-cores.ts';

/** The longest wait for quiet: a program that keeps a CPU busy for longer may do so for the whole run. */
const longestWaitSeconds = 12;
/** As in windows, a share of a core, or of a large machine; a sample is short, and the kernel counts in steps of 10 ms. */
const mostOtherCores = 0.25;

type Sample = (signal: AbortSignal) => Promise<BusySample>;

/** Waits until other programs leave the CPUs alone, and limits the time that a run spends on waits and repeats. */
export class Patience {
  readonly #mostSeconds: number;
  readonly #sample: Sample;
  #spentSeconds = 0;
  /** Other programs may use so much of the CPUs of a quiet machine. */
  readonly #quietCores: number;
  /** What is not waited for. */
  #toleratedCores: number;

  /**
   * @param mostSeconds what may be spent on waits and repeats in all
   * @param cpusOnline the CPUs of the machine
   * @param sample measures the CPUs that are busy while nothing of this program runs
   */
  constructor(mostSeconds: number, cpusOnline: number, sample: Sample) {
    this.#mostSeconds = mostSeconds;
    this.#quietCores = Math.max(mostOtherCores, mostOtherShareOfMachine * cpusOnline);
    this.#toleratedCores = this.#quietCores;
    this.#sample = sample;
  }

  get spentSeconds(): number {
    return this.#spentSeconds;
  }

  get leftSeconds(): number {
    return this.#mostSeconds - this.#spentSeconds;
  }

  spend(seconds: number): void {
    this.#spentSeconds += seconds;
  }

  /**
   * Waits for a quiet moment while nothing of this program runs: not at all where the machine is quiet, or where the
   * platform does not report the use of its CPUs. What other programs use at the median of the longest wait counts as
   * usual on this machine, and is not waited for again: below the least, there would be another wait before every turn.
   *
   * @returns whether the machine is quiet now
   */
  async waitForQuiet(signal: AbortSignal): Promise<boolean> {
    let { cores } = await this.#sample(signal);
    const seen = [cores];
    let waitedSeconds = 0;
    while (cores > this.#toleratedCores && this.leftSeconds > 0 && !signal.aborted) {
      if (waitedSeconds >= longestWaitSeconds) {
        this.#toleratedCores = medianOf(seen);
        return false;
      }
      const sample = await this.#sample(signal);
      cores = sample.cores;
      seen.push(cores);
      waitedSeconds += sample.seconds;
      this.spend(sample.seconds);
    }
    return cores <= this.#quietCores;
  }
}

interface Times {
  /** The share of the run that may be spent. */
  readonly patientShare: number;
  readonly budgetSeconds: number | null;
  readonly plannedSeconds: number;
  readonly firstBlocksSeconds: number;
}

/** What may be spent on waits and repeats. With a time budget, that must leave time for the first blocks. */
export function patienceSeconds({
  patientShare,
  budgetSeconds,
  plannedSeconds,
  firstBlocksSeconds,
}: Times): number {
  if (budgetSeconds === null) return patientShare * plannedSeconds;
  const spare = Math.max(0, budgetSeconds - firstBlocksSeconds);
  return Math.min(patientShare * budgetSeconds, spare);
}
