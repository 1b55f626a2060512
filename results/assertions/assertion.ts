import type { ComparedMetric } from '../comparison/change.ts';

/**
 * What a user claims of one server, or of two: "pool/event-loop throughput on cpu > 1.5"; or, of two runs, how a server
 * changed: "new/base throughput of pool on cpu > 0.95".
 */
export interface Assertion {
  /** As typed. */
  readonly text: string;
  readonly server: string;
  /**
   * What the server's value is divided by: the value of another server, or, of two runs, the server's own value in the
   * base run; null for the value itself.
   */
  readonly relativeTo: { readonly server: string } | null;
  readonly metric: ComparedMetric;
  readonly workload: string;
  readonly comparator: '<' | '>';
  /** A ratio, a time in ms, or requests/s. */
  readonly limit: number;
  /** The open-loop rate at which response times are claimed; null for the rate shared by all servers. */
  readonly ratePerSecond: number | null;
}

/** A value with its 95 % CI; an end is 0 or infinite where nothing bounds it. */
export interface Bounds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a run shows about an assertion. */
export interface AssertionResult {
  readonly assertion: Assertion;
  /** `passed` if it holds in the whole interval, `failed` if it holds nowhere in it. */
  readonly outcome: 'passed' | 'failed' | 'unclear';
  /** Null where nothing was measured. */
  readonly bounds: Bounds | null;
  /** The blocks that the bounds rest on; null for capacities, which rest on the load curve. */
  readonly blocks: number | null;
  /** A clause: why there are no bounds, or why one end is open or does not count; null where the bounds say it all. */
  readonly reason: string | null;
}
