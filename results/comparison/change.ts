import type { Objective, Warning } from '../document/run-document.ts';
import type { Significance } from '../statistics/holm.ts';
import type { RatioInterval } from '../statistics/log-ratio.ts';
import type { Metric } from '../verdicts/metric.ts';

/** What two runs are compared by: a metric, or how much a server serves while it keeps an objective. */
export type ComparedMetric = Metric | CapacityMetric;

export interface CapacityMetric {
  readonly kind: 'capacity';
  readonly objective: Objective;
}

/** How a metric changed between two runs: the interval of the new value over the base value. */
export interface MeasuredChange extends RatioInterval, Significance {
  /**
   * `worse` and `better`: significantly, by more than the threshold. `unchanged`: shown to be within the threshold.
   * `unclear`: none of these.
   */
  readonly kind: 'worse' | 'better' | 'unchanged' | 'unclear';
}

/** The server gave numbers in the base run, and fails in the new one. */
export interface Broken {
  readonly kind: 'broken';
  /** A clause: "in the new run, pool had no throughput in 6 of 6 blocks (…)". */
  readonly reason: string;
}

export interface NotCompared {
  readonly kind: 'not-compared';
  /** A clause: "it is only in the base run". */
  readonly reason: string;
}

/** One server under one workload by one metric, in two runs. */
export interface CellChange {
  readonly server: string;
  readonly workload: string;
  readonly metric: ComparedMetric;
  readonly change: MeasuredChange | Broken | NotCompared;
}

/** What changed from one run to another. */
export interface RunComparison {
  /** A share: 0.05 is 5 %. Smaller changes are not regressions. */
  readonly threshold: number;
  readonly cells: readonly CellChange[];
  /** Differences between the runs, other than in the servers, that may explain the changes. */
  readonly warnings: readonly Warning[];
}

/** The changes for the worse that a build should fail on. */
export const regressionsIn = ({ cells }: RunComparison): CellChange[] =>
  cells.filter(({ change }) => change.kind === 'worse' || change.kind === 'broken');
