import { type Percentile, percentileAsTyped } from '../percentile.ts';

/**
 * What servers are compared by: throughput, from the closed loop, where more is better; or response time, from the open
 * loop at the rate shared by all servers, where less is better. A class is named where a workload has several.
 */
export type Metric =
  | { readonly kind: 'throughput' }
  | {
      readonly kind: 'response-time';
      readonly percentile: Percentile;
      readonly className: string | null;
    };

/** Whether a larger value is the better one. */
export const higherIsBetter = ({ kind }: { readonly kind: string }): boolean =>
  kind !== 'response-time';

/** "throughput", "median response time", "p99 response time of light requests" */
export function metricInWords(metric: Metric): string {
  if (metric.kind === 'throughput') return 'throughput';
  const times = `${percentileInWords(metric.percentile)} response time`;
  return metric.className === null ? times : `${times} of ${metric.className} requests`;
}

/** "median", "p90", "p99", "p99.9" */
export const percentileInWords = (percentile: Percentile): string =>
  percentile === 'p50' ? 'median' : percentileAsTyped(percentile);

/** Whether two metrics are the same quantity. */
export const isSameMetric = (a: Metric, b: Metric): boolean =>
  a.kind === 'throughput' || b.kind === 'throughput'
    ? a.kind === b.kind
    : a.percentile === b.percentile && a.className === b.className;
