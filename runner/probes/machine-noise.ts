import { cpus } from 'node:os';
import type { NoiseProbe } from '../../results/document/run-document.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { fibonacci } from '../../workloads/fibonacci.ts';
import { hostActivityBetween, increase, readHostActivity } from './machine-counters.ts';
import { parseCpuPressureSeconds, readProc } from './proc.ts';
import { probeResources } from './resources.ts';

const repetitions = 11;
/** Takes some 2 ms. */
const computed = 26;
/** Together with the computations this takes a tenth of a second: one time slice spent waiting is a small part of it. */
const pauseMs = 8;

/** Measures how fast and how quiet the machine is now: the time of a fixed computation, and others' use of the CPUs. */
export async function probeMachineNoise(block: number): Promise<NoiseProbe> {
  const pressureBefore = readCpuPressureSeconds();
  const hostBefore = readHostActivity();
  const beganMs = performance.now();
  const timesMs: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    timesMs.push(timeComputationMs());
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const seconds = (performance.now() - beganMs) / 1000;
  const pressureSeconds = increase(pressureBefore, readCpuPressureSeconds());
  const { stealSeconds } = hostActivityBetween(hostBefore, readHostActivity());
  return {
    block,
    referenceLoopMs: medianOf(timesMs),
    cpuPressureShare: pressureSeconds === null ? null : toShare(pressureSeconds / seconds),
    stealShare: stealSeconds === null ? null : toShare(stealSeconds / seconds),
  };
}

function readCpuPressureSeconds(): number | null {
  return parseCpuPressureSeconds(readProc('pressure/cpu') ?? '');
}

/**
 * Recursion fills the pipelines of a core, as servers do. So it takes longer while another guest of the host uses the other
 * hardware thread of that core; a chain of operations that wait for each other does not.
 */
function timeComputationMs(): number {
  const beganMs = performance.now();
  const result = fibonacci(computed);
  // The result is used, or the computation could be optimised away.
  return performance.now() - beganMs + (result === 0 ? Number.MIN_VALUE : 0);
}

/**
 * Starts measuring how much CPU time goes to other processes than this one and its descendants, and to other guests of
 * the same host.
 *
 * @returns a function that ends the measurement and gives that share of all CPU time; null where it is unknown
 */
export function measureOthersCpuShare(): () => number | null {
  const startMs = performance.now();
  const hostAtStart = readHostActivity();
  const ours = probeResources(process.pid);
  return () => {
    const { busyCpuSeconds, stealSeconds } = hostActivityBetween(hostAtStart, readHostActivity());
    const { cpuSeconds } = ours.stop().resources;
    if (busyCpuSeconds === null || stealSeconds === null || cpuSeconds === null) return null;
    const availableSeconds = (cpus().length * (performance.now() - startMs)) / 1000;
    return toShare((busyCpuSeconds + stealSeconds - cpuSeconds) / availableSeconds);
  };
}

function toShare(value: number): number {
  return Math.min(1, Math.max(0, value));
}
