import { setTimeout as delay } from 'node:timers/promises';
import { hostActivityBetween, readHostActivity } from '../probes/machine-counters.ts';

const sampleMs = 150;
/** The longest wait for quiet: a program that keeps a CPU busy for longer may do so for the whole run. */
const longestWaitMs = 12_000;
/** A quarter of a core, or 2 % of a large machine, as for windows: the kernel counts in steps of 10 ms. */
const mostOtherCores = 0.25;
const mostOtherShareOfMachine = 0.02;
/** Waits until other programs leave the CPUs alone, and limits the time that a run spends on that. */
export class Patience {
  readonly #cpusOnline: number;
  readonly #mostMs: number;
  #spentMs = 0;
  /** Others kept so many cores busy for so long that waiting for less is pointless. */
  #usualCores = 0;

  /** @param mostSeconds what may be spent on waits and repeats in all */
  constructor(mostSeconds: number, cpusOnline: number) {
    this.#mostMs = 1000 * mostSeconds;
    this.#cpusOnline = cpusOnline;
  }

  /** Seconds that may still be spent. */
  get leftSeconds(): number {
    return (this.#mostMs - this.#spentMs) / 1000;
  }

  get spentSeconds(): number {
    return this.#spentMs / 1000;
  }

  spend(seconds: number): void {
    this.#spentMs += 1000 * seconds;
  }

  /**
   * Waits for a quiet moment while nothing of this program runs: at once where there is one, and where the platform does
   * not report the use of its CPUs.
   *
   * @returns whether the machine is quiet now; false if it was not in time
   */
  async waitForQuiet(signal: AbortSignal): Promise<boolean> {
    const beganMs = performance.now();
    const tolerated = Math.max(
      mostOtherCores,
      mostOtherShareOfMachine * this.#cpusOnline,
      this.#usualCores,
    );
    let cores = await busyCores(signal);
    while (cores > tolerated) {
      const waitedMs = performance.now() - beganMs;
      if (waitedMs > Math.min(longestWaitMs, 1000 * this.leftSeconds)) {
        if (waitedMs > longestWaitMs) this.#usualCores = cores;
        break;
      }
      cores = await busyCores(signal);
    }
    // A single sample is the price of every window, not of a wait.
    this.spend((performance.now() - beganMs - sampleMs) / 1000);
    return cores <= tolerated;
  }
}

/** CPUs that are busy while nothing of this program runs; 0 where that is unknown. */
async function busyCores(signal: AbortSignal): Promise<number> {
  const before = readHostActivity();
  const beganMs = performance.now();
  await delay(sampleMs, undefined, { signal }).catch(() => undefined); // an interrupt shows at the next step
  const { busyCpuSeconds, stealSeconds } = hostActivityBetween(before, readHostActivity());
  const seconds = (performance.now() - beganMs) / 1000;
  return ((busyCpuSeconds ?? 0) + (stealSeconds ?? 0)) / seconds;
}
