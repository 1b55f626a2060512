import { type Percentile, percentileInWords } from './percentile.ts';

/**
 * What servers are compared by. Throughput comes from the closed loop, where more is better; response time
 * from the open loop, where less is. A class name is given where a workload has several.
 */
export type Metric =
  | { readonly kind: 'throughput' }
  | {
      readonly kind: 'response-time';
      readonly percentile: Percentile;
      readonly className: string | null;
    };

/** How the value of a better server relates to that of a worse one. */
export function higherIsBetter(metric: Metric): boolean {
  return metric.kind === 'throughput';
}

/** "throughput", "median response time", "p99 response time of light requests" */
export function metricInWords(metric: Metric): string {
  if (metric.kind === 'throughput') return 'throughput';
  const times = `${percentileInWords(metric.percentile)} response time`;
  return metric.className === null ? times : `${times} of ${metric.className} requests`;
}
