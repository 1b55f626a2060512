import type { PlannedWorkload, Trial } from '../run-document.ts';
import type { Metric } from './metric.ts';
import { measurementFor, readMetric } from './read-metric.ts';

/** Fewer requests than this in a trial do not carry a p99: 1 % of them is a handful. */
const requestsForP99 = 3000;

/**
 * What a workload's trials can be compared by: throughput, and where there were open loops, response time
 * by class.
 */
export function metricsOf(workload: PlannedWorkload, trials: readonly Trial[]): Metric[] {
  const classNames =
    workload.classes.length > 1 ? workload.classes.map(({ name }) => name) : [null];
  const responseTimes = classNames.map(
    (className): Metric => ({
      kind: 'response-time',
      percentile: percentileFor(trials, className),
      className,
    }),
  );
  const measured = responseTimes.filter((metric) =>
    trials.some((trial) => measurementFor(trial, metric) !== undefined),
  );
  return [{ kind: 'throughput' }, ...measured];
}

/** The same percentile for all servers, which every usable trial has the requests for. */
function percentileFor(trials: readonly Trial[], className: string | null): 'p95' | 'p99' {
  const requests = trials.flatMap((trial) => {
    const reading = readMetric(trial, { kind: 'response-time', percentile: 'p95', className });
    return reading.usable ? [reading.requests] : [];
  });
  return requests.length > 0 && Math.min(...requests) >= requestsForP99 ? 'p99' : 'p95';
}
