import type { RatioInterval } from '../statistics/log-ratio.ts';
import type { Metric } from './metric.ts';

/**
 * The difference below which none is claimed, however significant: what a server differs from itself (measured by
 * running it twice in a block), what a plan this short can show, or what the instrument resolves.
 */
export interface Floor {
  /** A share: 0.01 is 1 %. */
  readonly share: number;
  readonly source: 'same-server' | 'plan' | 'resolution';
}

/** The server ahead is significantly faster, by more than the floor. The ratio says how many times better it is. */
export interface Faster extends RatioInterval {
  readonly kind: 'faster';
  readonly ahead: string;
  readonly behind: string;
  readonly blocks: number;
  /** Blocks in which both were measured, with or without a number that may be used. */
  readonly blocksTried: number;
  /** Those of them that are left out because other programs disturbed them. */
  readonly blocksDisturbed: number;
  readonly pValue: number;
  /** By closed testing, for being one of all comparisons of the run. */
  readonly adjustedP: number;
  /** Whether the two are also shown to be equivalent. */
  readonly withinMargin: boolean;
}

/** The two are shown to differ by less than the margin. The ratio says how many times better the first is. */
export interface Equivalent extends RatioInterval {
  readonly kind: 'equivalent';
  readonly margin: number;
  readonly blocks: number;
  readonly blocksTried: number;
  readonly blocksDisturbed: number;
}

/** Neither a difference nor equivalence could be shown. The ratio says how many times better the first is. */
export interface Indistinguishable extends RatioInterval {
  readonly kind: 'indistinguishable';
  readonly blocks: number;
  /**
   * `noise`: the interval contains 1. `many-comparisons`: it does not, but among so many comparisons one such interval
   * is to be expected. `below-floor`: the ratio or its whole interval is; more blocks would not help.
   */
  readonly cause: 'noise' | 'many-comparisons' | 'below-floor';
  readonly floor: Floor;
  /**
   * About how many blocks would be needed if the ratio seen is the true one; null where no feasible number is enough.
   */
  readonly blocksNeeded: number | null;
}

/** The server behind failed in every block and the server ahead in none, significantly often: there is no ratio. */
export interface OneFailed {
  readonly kind: 'one-failed';
  readonly ahead: string;
  readonly behind: string;
  readonly blocks: number;
  /** What the server ahead reached, by the metric: the geometric mean over the blocks. */
  readonly value: number;
  /** What the server behind did, as a predicate: "was overloaded". */
  readonly failure: string;
  readonly pValue: number;
  readonly adjustedP: number;
}

interface NotMeasured {
  readonly kind: 'not-measured';
  /** A clause: "pool was never measured". */
  readonly reason: string;
}

export type Verdict = Faster | Equivalent | Indistinguishable | OneFailed | NotMeasured;

/** Two servers under one workload, by one metric. */
export interface Comparison {
  readonly workload: string;
  readonly metric: Metric;
  readonly first: string;
  readonly second: string;
  readonly verdict: Verdict;
}
