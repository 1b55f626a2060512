import type { PlannedWorkload, Trial } from '../document/run-document.ts';
import type { Metric } from './metric.ts';
import { type Percentile, percentileOf } from './percentile.ts';
import { classOf, measurementFor, readMetric } from './read-metric.ts';

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

/** The same percentile for all servers, which every trial has the requests for that counts. */
function percentileFor(trials: readonly Trial[], className: string | null): Percentile {
  const metric = { kind: 'response-time', percentile: 'p50', className } as const;
  const sent = trials.flatMap((trial) => {
    const reading = readMetric(trial, metric);
    const counts = reading.usable || reading.cause === 'server';
    const measurement = counts ? measurementFor(trial, metric) : undefined;
    return (measurement && classOf(measurement, metric)?.requests.sent) ?? [];
  });
  return sent.length > 0 ? percentileOf(Math.min(...sent)) : 'p50';
}
