import type { Metric } from '../../results/verdicts/metric.ts';

/** What a column of values of this metric is of: "requests/s", "light requests, p99, ms". */
export const metricUnit = (metric: Metric): string =>
  metric.kind === 'throughput'
    ? 'requests/s'
    : `${metric.className ?? 'all'} requests, ${metric.percentile}, ms`;
