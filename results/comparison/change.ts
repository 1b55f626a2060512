import type { Warning } from '../document/run-document.ts';
import type { RatioInterval } from '../statistics/log-ratio.ts';
import type { Metric } from '../verdicts/metric.ts';

/** How a metric differs between two runs: the interval is that of new value / base value. */
export interface MeasuredChange extends RatioInterval {
  /**
   * `worse` and `better`: by more than the threshold, and beyond chance. `unchanged`: shown to be within
   * the threshold. `unclear`: none of these.
   */
  readonly kind: 'worse' | 'better' | 'unchanged' | 'unclear';
  readonly pValue: number;
  /** For being one of all metrics compared, by Holm's method. */
  readonly adjustedP: number;
}

/** There was a figure, and the server gives none any more: it crashes, answers wrongly or not at all. */
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
  readonly metric: Metric;
  readonly change: MeasuredChange | Broken | NotCompared;
}

/** What changed from one run to another. */
export interface RunComparison {
  /** A share: 0.05 is 5 %. Smaller changes are no regressions. */
  readonly threshold: number;
  readonly cells: readonly CellChange[];
  /** Differences between the runs, other than the servers', that may be what is seen. */
  readonly warnings: readonly Warning[];
}

/** The changes for the worse that a build should fail on. */
export function regressionsIn({ cells }: RunComparison): CellChange[] {
  return cells.filter(({ change }) => change.kind === 'worse' || change.kind === 'broken');
}
