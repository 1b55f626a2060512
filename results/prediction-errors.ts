import { type CellFigures, cellFigures, cpuMsOf } from './bottleneck/cell-figures.ts';
import type { PlannedWorkload, RunDocument } from './document/run-document.ts';
import { joinWithAnd } from './format.ts';
import type { LoadCurve, WorkloadCurves } from './load-curve/load-curve.ts';
import { type Prediction, predictionsOf } from './predictions.ts';
import { sumOf } from './statistics/summary.ts';

/** A prediction beside what was measured. */
export interface PredictionError {
  readonly server: string;
  /** The capacity, or the mean response time at an offered rate. */
  readonly of: 'capacity' | { readonly offeredPerSecond: number };
  /** Requests/s, or ms. */
  readonly predicted: number;
  readonly measured: number;
  /** Whether the server takes more than was measured: it did not saturate. */
  readonly isAtLeast: boolean;
  /** measured/predicted − 1 */
  readonly error: number;
  /** Whether it is close enough. */
  readonly isClose: boolean;
  /** A clause: the assumption that does not hold by the figures of the run; null where none of them shows it. */
  readonly failedAssumption: string | null;
}

/** Predictions further from the measured value are explained. */
const closeEnough = 0.25;
/** Mean response times are compared up to this share of the predicted capacity: above, they are steep functions of it. */
const highestUtilisation = 0.8;

/** The predictions of a workload's servers at the loads that they were offered; none where other programs disturbed them. */
export function predictionErrors(
  document: RunDocument,
  { workload, servers }: WorkloadCurves,
): PredictionError[] {
  const predictions = predictionsOf(document, workload);
  return servers.flatMap((curve) => {
    const prediction = predictions.get(curve.server);
    const figures = cellFigures(document, workload, curve.server);
    if (!prediction || typeof figures === 'string') return [];
    const aloneMs = 1000 * cpuSecondsAlone(document, workload, curve.server);
    return errorsOf(curve, prediction, cpuMsOf(figures)).map(({ cpuMs, ...error }) => {
      const isClose = Math.abs(error.error) <= closeEnough;
      return {
        ...error,
        server: curve.server,
        isClose,
        failedAssumption: isClose ? null : failedAssumption(figures, cpuMs, aloneMs),
      };
    });
  });
}

/** The errors, each with the CPU time of a request where it was measured. */
function errorsOf(
  { saturation, points }: LoadCurve,
  { capacityPerSecond, meanResponseMs }: Prediction,
  closedCpuMs: number | null,
) {
  const compared = (
    of: PredictionError['of'],
    predicted: number,
    measured: number,
    cpuMs: number | null,
  ) => ({
    of,
    predicted,
    measured,
    isAtLeast: of === 'capacity' && saturation.kind === 'at-least',
    error: measured / predicted - 1,
    cpuMs,
  });
  const times = points.flatMap(({ offeredPerSecond, mean, cpuMs, isDisturbed }) => {
    const predicted = meanResponseMs(offeredPerSecond);
    const isLow = offeredPerSecond <= highestUtilisation * capacityPerSecond;
    return mean && isLow && predicted !== null && !isDisturbed
      ? [compared({ offeredPerSecond }, predicted, mean.median, cpuMs?.median ?? null)]
      : [];
  });
  // A server that keeps up with more than its predicted capacity refutes it, even where it did not saturate.
  const isComparable =
    saturation.kind === 'measured' ||
    (saturation.kind === 'at-least' && saturation.perSecond > capacityPerSecond);
  return isComparable
    ? [compared('capacity', capacityPerSecond, saturation.perSecond, closedCpuMs), ...times]
    : times;
}

/** CPU time of single requests, as the prediction has it. */
function cpuSecondsAlone(
  { pilots }: RunDocument,
  { name, classes }: PlannedWorkload,
  server: string,
): number {
  const single = pilots.find((one) => one.server === server && one.workload === name);
  const weights = classes.reduce((sum, { weight }) => sum + weight, 0);
  return classes.reduce((sum, { name: className, weight }) => {
    const found = single?.singleRequests.find((one) => one.class === className);
    return sum + ((found?.cpuSeconds ?? 0) * weight) / weights;
  }, 0);
}

const worthNaming = 0.1;

/**
 * Which assumption of the queueing models does not hold, by the CPU time of a request at the load in question, and by
 * the other figures of the closed loop.
 */
function failedAssumption(
  figures: CellFigures,
  cpuMs: number | null,
  aloneMs: number,
): string | null {
  const { serverCores, clientCores, databaseCores, sharesCores, cores } = figures;
  if (cpuMs !== null && Math.abs(cpuMs / aloneMs - 1) > closeEnough) {
    return `a request is assumed to cost as much CPU time under load as alone; it costs ${(cpuMs / aloneMs).toFixed(2)}× as much`;
  }
  const others = [
    { name: 'the load generator', uses: sharesCores ? clientCores : 0 },
    { name: 'the database', uses: databaseCores ?? 0 },
  ].filter(({ uses }) => uses > 0);
  const usedByOthers = sumOf(others.map(({ uses }) => uses));
  if (usedByOthers > worthNaming * cores) {
    const names = joinWithAnd(others.map(({ name }) => name));
    const use = others.length === 1 ? 'uses' : 'use';
    return `the server is assumed to have all ${cores} cores; ${names} ${use} ${usedByOthers.toFixed(1)} of them`;
  }
  if (
    serverCores !== null &&
    serverCores < (1 - closeEnough) * Math.min(cores, figures.computing ?? cores) &&
    !figures.isOneAtATime
  ) {
    return 'requests are assumed to queue for a core alone; cores are idle, so they queue elsewhere';
  }
  return null;
}
