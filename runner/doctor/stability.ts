import { setTimeout as sleep } from 'node:timers/promises';
import type { NoiseProbe } from '../../results/document/run-document.ts';
import { milliseconds, percent } from '../../results/format.ts';
import { mostReferenceSpread } from '../../results/gates/noisy-host.ts';
import { meanOf } from '../../results/statistics/summary.ts';
import { bad, type Finding, good, warn } from './finding.ts';

const clockReadings = 2000;
const maxResolutionMicros = 1;
const timers = 40;
const timerMs = 5;
const maxTimerDelayMs = 2;

export interface ClockTest {
  /** The smallest difference between two readings. */
  readonly resolutionMicros: number;
  /** The p95 of how late timers fire. */
  readonly timerDelayMs: number;
}

export async function testClock(): Promise<ClockTest> {
  let resolutionMicros = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < clockReadings; reading++) {
    const before = process.hrtime.bigint();
    const step = Number(process.hrtime.bigint() - before) / 1000;
    if (step > 0) resolutionMicros = Math.min(resolutionMicros, step);
  }
  const delaysMs: number[] = [];
  for (let timer = 0; timer < timers; timer++) {
    const beganMs = performance.now();
    await sleep(timerMs);
    delaysMs.push(performance.now() - beganMs - timerMs);
  }
  const p95 = delaysMs.toSorted((a, b) => a - b)[Math.floor(timers * 0.95)];
  return { resolutionMicros, timerDelayMs: p95 ?? Number.NaN };
}

export function judgeClock({ resolutionMicros, timerDelayMs }: ClockTest): Finding[] {
  const resolution = `resolution ${resolutionMicros.toFixed(2)} µs`;
  const delay = `fire ${milliseconds(Math.max(0, timerDelayMs))} late (p95)`;
  return [
    resolutionMicros <= maxResolutionMicros
      ? good('clock', resolution)
      : warn(
          'clock',
          resolution,
          'Response times below ten times that are inexact. Choose another clock source in /sys/devices/system/clocksource.',
        ),
    timerDelayMs <= maxTimerDelayMs
      ? good('timers', delay)
      : warn(
          'timers',
          delay,
          'Other programs keep the CPUs busy, and waits will look longer than they are: end them before measuring.',
        ),
  ];
}

/** Whether the machine is quiet, from several probes while no server and no load generator runs. */
export function judgeNoise(probes: readonly NoiseProbe[]): Finding[] {
  const timesMs = probes.map(({ referenceLoopMs }) => referenceLoopMs);
  const spread = Math.max(...timesMs) / Math.min(...timesMs) - 1;
  const speed = `a fixed computation takes up to ${percent(spread)} longer than at best`;
  return [
    spread <= mostReferenceSpread
      ? good('CPU speed', speed)
      : warn(
          'CPU speed',
          speed,
          'The CPU changes its speed or is shared. End other programs, fix the CPU frequency (cpupower frequency-set -g performance), or use a dedicated machine.',
        ),
    ...judgeShare(
      'CPU pressure',
      probes.map(({ cpuPressureShare }) => cpuPressureShare),
      'of the time some program waits for a CPU',
      'Other programs compete for the CPUs: end them before measuring.',
    ),
    ...judgeShare(
      'stolen time',
      probes.map(({ stealShare }) => stealShare),
      'of CPU time goes to other guests of the host',
      'Use a dedicated machine, or measure at a quieter time.',
    ),
  ];
}

const maxQuietShare = 0.02;
const maxUsableShare = 0.1;

function judgeShare(
  subject: string,
  shares: readonly (number | null)[],
  meaning: string,
  advice: string,
): Finding[] {
  const known = shares.filter((share) => share !== null);
  if (known.length === 0) return [];
  const share = meanOf(known);
  const found = `${percent(share)} ${meaning}`;
  if (share <= maxQuietShare) return [good(subject, found)];
  return [share <= maxUsableShare ? warn(subject, found, advice) : bad(subject, found, advice)];
}
