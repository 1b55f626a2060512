import type { RatioInterval } from '../statistics/log-ratio.ts';
import type { Metric } from './metric.ts';

/**
 * Below this, no difference is claimed, however sure: what one server differs from itself (measured by
 * running it under two names), what the plan can answer for, or what the instrument resolves.
 */
export interface Floor {
  /** A share: 0.01 is 1 %. */
  readonly share: number;
  readonly source: 'same-server' | 'plan' | 'resolution';
}

/**
 * The server ahead is faster: beyond chance, and beyond the floor. The ratio says how many times better it
 * is.
 */
export interface Faster extends RatioInterval {
  readonly kind: 'faster';
  readonly ahead: string;
  readonly behind: string;
  readonly blocks: number;
  /** In which both were measured; those beyond `blocks` gave no number that may be used. */
  readonly blocksTried: number;
  readonly pValue: number;
  /** For being one of all comparisons of the run, by Holm's method. */
  readonly adjustedP: number;
  /** Whether the two are, nonetheless, shown to be equivalent. */
  readonly withinMargin: boolean;
}

/**
 * The two are shown to differ by less than the margin; the ratio says how many times better the first is.
 */
export interface Equivalent extends RatioInterval {
  readonly kind: 'equivalent';
  readonly margin: number;
  readonly blocks: number;
  readonly blocksTried: number;
}

/** Neither could be shown. */
export interface Indistinguishable extends RatioInterval {
  readonly kind: 'indistinguishable';
  readonly blocks: number;
  /**
   * `noise`: the interval holds 1. `many-comparisons`: it does not, but in so many comparisons one such is
   * to be expected. `below-floor`: more blocks would not help.
   */
  readonly cause: 'noise' | 'many-comparisons' | 'below-floor';
  readonly floor: Floor;
  /** About how many blocks would tell, at what was seen; null when no number that can be run would. */
  readonly blocksNeeded: number | null;
}

export interface NotMeasured {
  readonly kind: 'not-measured';
  /** A clause: "pool was never measured". */
  readonly reason: string;
}

export type Verdict = Faster | Equivalent | Indistinguishable | NotMeasured;

/** Two servers under one workload, by one metric, and what may be said of them. */
export interface Comparison {
  readonly workload: string;
  readonly metric: Metric;
  readonly first: string;
  readonly second: string;
  readonly verdict: Verdict;
}
