import { setTimeout as delay } from 'node:timers/promises';
import { hostActivityBetween, readHostActivity } from './machine-counters.ts';

const sampleMs = 100;

/** The CPUs of the machine that were busy, and for how long that was measured. */
export interface BusySample {
  readonly cores: number;
  readonly seconds: number;
}

/** How many CPUs of this machine are busy now; 0 where the platform does not report it. */
export async function sampleBusyCores(signal?: AbortSignal): Promise<BusySample> {
  const before = readHostActivity();
  const beganMs = performance.now();
  await delay(sampleMs, undefined, { signal }).catch(() => undefined); // the next step notices an interrupt
  const { busyCpuSeconds, stealSeconds } = hostActivityBetween(before, readHostActivity());
  const seconds = (performance.now() - beganMs) / 1000;
  return { cores: ((busyCpuSeconds ?? 0) + (stealSeconds ?? 0)) / seconds, seconds };
}
