import type { Comparison } from './verdict.ts';

/** How two servers, in whichever order, compare by throughput under a workload; undefined where they were not compared. */
export const throughputComparison = (
  comparisons: readonly Comparison[],
  workload: string,
  one: string,
  other: string,
): Comparison | undefined =>
  comparisons.find(
    (comparison) =>
      comparison.workload === workload &&
      comparison.metric.kind === 'throughput' &&
      [comparison.first, comparison.second].includes(one) &&
      [comparison.first, comparison.second].includes(other),
  );
