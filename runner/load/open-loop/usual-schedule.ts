import { summarise, sumOf } from '../../../results/statistics/summary.ts';
import type { DrawnSchedule, ScheduledLoad } from './arrival-schedule.ts';

/** How much of its time the imagined server works. */
const utilisation = 0.7;
const tail = 0.95;

/**
 * Of several schedules of one load, the one whose requests wait as long as those of all do on average: by the mean and
 * the 95th percentile of the waits in its window, both in standard deviations. They wait for an imagined server that
 * serves one request after the other and works as long for one class as for another in all. What a real server does with
 * each class is not known here, and hardly matters: the same bursts make any queue long.
 */
export function mostUsual(schedules: readonly DrawnSchedule[], load: ScheduledLoad): DrawnSchedule {
  const [first] = schedules;
  if (!first) throw new Error('no schedules to choose from');
  if (schedules.length === 1) return first;
  const serviceMs = serviceTimes(load);
  const waits = schedules.map((one) => waitsOf(one, serviceMs, 1000 * load.warmupSeconds));
  const means = distancesFromMean(waits.map(({ meanMs }) => meanMs));
  const tails = distancesFromMean(waits.map(({ tailMs }) => tailMs));
  const distances = means.map((distance, index) => Math.hypot(distance, tails[index] ?? 0));
  return schedules[distances.indexOf(Math.min(...distances))] ?? first;
}

/** The service time of each class in ms. */
function serviceTimes({ ratePerSecond, weights }: ScheduledLoad): number[] {
  const total = sumOf(weights);
  const perClass = ((utilisation / weights.length) * 1000) / ratePerSecond;
  return weights.map((weight) => (perClass * total) / weight);
}

/** The waits of the requests that are due from a time on (D. V. Lindley, "The theory of queues with a single server", 1952). */
function waitsOf(
  { offsetsMs, classIndices }: DrawnSchedule,
  serviceMs: readonly number[],
  fromMs: number,
) {
  let freeMs = 0;
  let sumMs = 0;
  const waitsMs: number[] = [];
  for (const [index, ms] of offsetsMs.entries()) {
    const waitMs = Math.max(0, freeMs - ms);
    freeMs = ms + waitMs + (serviceMs[classIndices[index] ?? 0] ?? 0);
    if (ms < fromMs) continue;
    waitsMs.push(waitMs);
    sumMs += waitMs;
  }
  const sorted = Float64Array.from(waitsMs).sort();
  return {
    meanMs: sumMs / Math.max(1, waitsMs.length),
    tailMs: sorted[Math.floor(tail * sorted.length)] ?? 0,
  };
}

/** In standard deviations; 0 where all values are alike. */
function distancesFromMean(values: readonly number[]): number[] {
  const { mean, standardDeviation } = summarise(values);
  return values.map((value) => (value === mean ? 0 : (value - mean) / standardDeviation));
}
