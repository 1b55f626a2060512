import { setTimeout as delay } from 'node:timers/promises';
import { type Finding, good, mind } from './finding.ts';

const readings = 2000;
const sleeps = 40;
const sleepMs = 5;

export interface ClockReading {
  /** The smallest step seen between two readings. */
  readonly resolutionMicros: number;
  /** How late a timer woke, at worst but one in twenty. */
  readonly timerLateMs: number;
}

export async function readClock(): Promise<ClockReading> {
  let resolutionMicros = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < readings; reading++) {
    const before = process.hrtime.bigint();
    const step = Number(process.hrtime.bigint() - before) / 1000;
    if (step > 0) resolutionMicros = Math.min(resolutionMicros, step);
  }
  const lateMs: number[] = [];
  for (let sleep = 0; sleep < sleeps; sleep++) {
    const beganMs = performance.now();
    await delay(sleepMs);
    lateMs.push(performance.now() - beganMs - sleepMs);
  }
  const timerLateMs = lateMs.toSorted((a, b) => a - b)[Math.floor(sleeps * 0.95)] ?? Number.NaN;
  return { resolutionMicros, timerLateMs };
}

export function judgeClock({ resolutionMicros, timerLateMs }: ClockReading): Finding[] {
  const resolution =
    resolutionMicros <= 1
      ? good('clock', `steps of ${resolutionMicros.toFixed(2)} µs`)
      : mind(
          'clock',
          `steps of ${resolutionMicros.toFixed(1)} µs`,
          'Times of single requests below ten such steps are coarse. See /sys/devices/system/clocksource.',
        );
  const late = `timers wake ${timerLateMs.toFixed(1)} ms late at p95`;
  const timers =
    timerLateMs <= 2
      ? good('timers', late)
      : mind(
          'timers',
          late,
          'Something else keeps the cores busy; waits will look longer than they are.',
        );
  return [resolution, timers];
}
