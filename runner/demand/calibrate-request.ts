import { meanEstimate } from '../../results/statistics/estimate.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import type { CalibratableWorkload } from './calibratable.ts';

/** Measures the CPU seconds per request of a server for a path. */
export type CostOf = (path: string) => Promise<number>;

/** How often the computation is repeated, and what a request then costs. */
export interface Calibration {
  readonly times: number;
  readonly targetCpuSeconds: number;
  readonly cpuSeconds: number;
  /** Why the cost is not the target; null if it is. */
  readonly reason: string | null;
}

/** A cost that differs from the target by more gets a reason in the document. */
const tolerance = 0.03;
/** The search ends when the cost differs from the target by less: well below the tolerance. */
const closeEnough = 0.015;
const firstTimes = 100;
/** Most that one step may multiply the repetitions by: a cost says little about a far larger one. */
const largestStep = 20;
const mostSteps = 10;

/** Most time that one comparison of the two costs takes. */
const comparisonSeconds = 1;
/** Fewest pairs of readings: fewer may agree by chance. */
const fewestPairs = 4;
/** More pairs would change nothing that matters once the standard error of their mean ratio is this small. */
const smallStandardError = 0.004;
/** A ratio that is further from 1 than this, and twice its standard error, only shows where to look next. */
const clearlyDifferent = 0.1;

interface Reading {
  readonly times: number;
  readonly targetCpuSeconds: number;
  /** The server's cost in multiples of the target. */
  readonly cost: number;
}

const distanceOf = ({ cost }: Reading): number => Math.abs(Math.log(cost));

/**
 * Finds how often a small computation must be repeated for one request to cost a server as much CPU time as the planned
 * request costs the server that sets the target. Starts from the fixed cost of a request with one repetition, and
 * follows the line through that and the latest reading (secant method) until the costs agree.
 *
 * @param costOf the cost on this server
 * @param costOfTarget the cost on the server that sets the target
 */
export async function calibrateRequest(
  workload: CalibratableWorkload,
  costOf: CostOf,
  costOfTarget: CostOf,
): Promise<Calibration> {
  const readAt = (times: number) =>
    comparePaired(
      times,
      () => costOf(workload.requestFor(times).path),
      () => costOfTarget(workload.asPlanned.path),
    );
  const fixed = await readAt(1);
  let closest = fixed;
  let latest: Reading = fixed;
  for (let step = 0; step < mostSteps && fixed.cost < 1 - closeEnough; step += 1) {
    const wanted = step === 0 ? firstTimes : (timesAtTarget(fixed, latest) ?? Infinity);
    const most = Math.min(workload.mostTimes, Math.max(firstTimes, latest.times * largestStep));
    latest = await readAt(Math.max(2, Math.min(most, Math.round(wanted))));
    if (distanceOf(latest) < distanceOf(closest)) closest = latest;
    if (distanceOf(closest) <= closeEnough) break;
  }
  const { times, targetCpuSeconds, cost } = closest;
  return {
    times,
    targetCpuSeconds,
    cpuSeconds: targetCpuSeconds * cost,
    reason: reasonFor(closest),
  };
}

/**
 * Reads both costs in turn, each first in every other pair, and takes the median ratio: a machine that is slow for a
 * while is slow for whole pairs, or spoils a few.
 */
async function comparePaired(
  times: number,
  costOf: () => Promise<number>,
  costOfTarget: () => Promise<number>,
): Promise<Reading> {
  const targets: number[] = [];
  const ratios: number[] = [];
  const startedMs = performance.now();
  const isKnown = () => {
    const { value: mean, standardError } = meanEstimate(ratios);
    return (
      standardError < smallStandardError ||
      Math.abs(mean - 1) > clearlyDifferent + 2 * standardError ||
      performance.now() - startedMs >= comparisonSeconds * 1000
    );
  };
  while (ratios.length < fewestPairs || !isKnown()) {
    const pair =
      ratios.length % 2 === 0
        ? { target: await costOfTarget(), cost: await costOf() }
        : { cost: await costOf(), target: await costOfTarget() };
    targets.push(pair.target);
    ratios.push(pair.cost / pair.target);
  }
  return { times, targetCpuSeconds: medianOf(targets), cost: medianOf(ratios) };
}

function reasonFor({ times, cost }: Reading): string | null {
  if (Math.abs(cost - 1) <= tolerance) return null;
  return times === 1
    ? 'a request costs it more than the target even when there is next to nothing to compute'
    : 'its cost could not be brought closer to the target';
}

/** The repetitions at which a request costs the target, on the line through two readings; null where the cost does not grow. */
function timesAtTarget(few: Reading, many: Reading): number | null {
  const each = (many.cost - few.cost) / (many.times - few.times);
  return each > 0 ? few.times + (1 - few.cost) / each : null;
}
