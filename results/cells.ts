import { mergeDistributions } from './distribution.ts';
import type { Distribution, Measurement, RunDocument, Trial } from './run-document.ts';

/** A figure over the blocks of a run. */
export interface Spread {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What a run says of one server under one workload, over all its blocks. */
export interface Cell {
  readonly server: string;
  readonly workload: string;
  readonly trials: readonly Trial[];
  /** Closed loop; null when no trial finished. */
  readonly throughputPerSecond: Spread | null;
  /** Closed loop, all blocks together; null when no trial finished. */
  readonly serviceTime: Distribution | null;
  readonly failedRequests: number;
  readonly warnings: readonly string[];
}

/** A row for every workload and each server that it was to be asked of, measured or not. */
export function cellsOf(document: RunDocument): Cell[] {
  return document.plan.workloads.flatMap((workload) =>
    workload.servers.map((server) =>
      cellOf(
        server,
        workload.name,
        document.trials.filter(
          (trial) => trial.server === server && trial.workload === workload.name,
        ),
      ),
    ),
  );
}

/** The closed-loop measurement of a trial that finished. */
export function closedLoopOf(trial: Trial): Measurement | undefined {
  if (trial.status !== 'ok') return undefined;
  return trial.measurements.find((measurement) => measurement.loop === 'closed');
}

function cellOf(server: string, workload: string, trials: readonly Trial[]): Cell {
  const closed = trials.flatMap((trial) => closedLoopOf(trial) ?? []);
  return {
    server,
    workload,
    trials,
    throughputPerSecond: spreadOf(closed.map((measurement) => measurement.throughputPerSecond)),
    serviceTime:
      closed.length > 0 ? mergeDistributions(closed.map(({ serviceTime }) => serviceTime)) : null,
    failedRequests: closed.reduce(
      (sum, { requests }) =>
        sum + requests.non2xx + requests.timeouts + requests.errors + requests.mismatched,
      0,
    ),
    warnings: [
      ...new Set(
        trials.flatMap((trial) => [
          ...(trial.status === 'ok' ? [] : [`${trial.status}: ${trial.reason}`]),
          ...trial.warnings.map(({ message }) => message),
        ]),
      ),
    ],
  };
}

function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    minimum: at(0),
    maximum: at(sorted.length - 1),
  };
}
