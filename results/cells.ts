import { mergeDistributions } from './document/distribution.ts';
import type { Distribution, Measurement, RunDocument, Trial } from './document/run-document.ts';
import { isVoid } from './select.ts';
import { type Spread, spreadOf } from './statistics/spread.ts';
import { sumOf } from './statistics/summary.ts';

/** What a run says of one server under one workload, over all its blocks. */
export interface Cell {
  readonly server: string;
  readonly workload: string;
  readonly trials: readonly Trial[];
  /** Closed loop; null when no trial gave a number that may be used. */
  readonly throughputPerSecond: Spread | null;
  /** Closed loop, all blocks together; null like the throughput. */
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
          (trial) =>
            trial.purpose === 'comparison' &&
            trial.server === server &&
            trial.workload === workload.name,
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
  const closed = trials.flatMap((trial) => {
    const measurement = closedLoopOf(trial);
    return measurement ? [{ trial, measurement }] : [];
  });
  const usable = closed.filter(({ trial, measurement }) => !isVoid(trial) && !isVoid(measurement));
  return {
    server,
    workload,
    trials,
    throughputPerSecond: spreadOf(
      new Map(
        usable.map(({ trial, measurement }) => [trial.block, measurement.throughputPerSecond]),
      ),
    ),
    serviceTime:
      usable.length > 0
        ? mergeDistributions(usable.map(({ measurement }) => measurement.serviceTime))
        : null,
    failedRequests: sumOf(
      closed.map(
        ({ measurement: { requests } }) =>
          requests.non2xx + requests.timeouts + requests.errors + requests.mismatched,
      ),
    ),
    warnings: [
      ...new Set(
        trials.flatMap((trial) => [
          ...(trial.status === 'ok' ? [] : [`${trial.status}: ${trial.reason}`]),
          ...[...trial.warnings, ...trial.measurements.flatMap(({ warnings }) => warnings)]
            .filter(({ severity }) => severity !== 'note')
            .map(({ severity, message }) => (severity === 'void' ? `void: ${message}` : message)),
        ]),
      ),
    ],
  };
}
