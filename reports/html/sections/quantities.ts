import { formatNumber } from '../../../results/format.ts';
import { shownPercentile } from '../../../results/percentile.ts';
import type { Predictions } from '../../../results/predictions.ts';
import {
  cpuMsPerRequest,
  coresBusy as serverCores,
  timesOf,
  windowOf,
} from '../../../results/select.ts';
import { medianOf } from '../../../results/statistics/summary.ts';
import { percentileInWords } from '../../../results/verdicts/metric.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { Quantity } from '../figures/bar-figure.ts';

const allClasses = ({ workload }: WorkloadRanking): string =>
  workload.classes.length > 1 ? ', all classes together' : '';

const noCpuTime = 'CPU time cannot be read on this platform.';

/** Closed-loop throughput, by server. */
export const throughput = (ranking: WorkloadRanking, predictions: Predictions): Quantity => ({
  id: 'throughput',
  title: `Throughput${allClasses(ranking)}`,
  axis: 'requests/s',
  about: 'Closed loop: requests answered per second',
  missing: 'No trial has a usable throughput.',
  window: 'closed',
  of: ({ throughputPerSecond }) => throughputPerSecond,
  predicted: (server) => predictions.get(server)?.throughputPerSecond ?? null,
  prediction: 'the ceiling',
});

/** The mean response time at the shared rate; null where there was no open loop. */
export function meanResponse(ranking: WorkloadRanking, predictions: Predictions): Quantity | null {
  const [rate] = ranking.servers.flatMap(({ trials }) =>
    trials.flatMap((trial) => windowOf(trial, 'shared')?.offeredPerSecond ?? []),
  );
  if (rate === undefined) return null;
  return {
    id: 'mean-response',
    title: `Mean response time${allClasses(ranking)}`,
    axis: 'ms',
    about: `Open loop, ${formatNumber(rate)} requests/s to every server`,
    missing: 'No trial has a usable response time.',
    window: 'shared',
    of: ({ responseTime }) => responseTime?.meanMs ?? null,
    predicted: (server) => predictions.get(server)?.meanResponseMs(rate) ?? null,
    prediction: 'the mean',
  };
}

/** The response time by which servers are ranked; null where they are ranked by throughput. */
export function mainResponse({ metric, servers }: WorkloadRanking): Quantity | null {
  if (metric.kind === 'throughput') return null;
  const { className, percentile } = metric;
  const rates = servers.flatMap(({ trials }) =>
    trials.flatMap((trial) => windowOf(trial, 'shared')?.offeredPerSecond ?? []),
  );
  const rate =
    rates.length > 0 ? `, ${formatNumber(medianOf(rates))} requests/s to every server` : '';
  return {
    id: 'main-response',
    title: `Response time of ${className ?? 'all'} requests, ${percentileInWords(percentile)}`,
    axis: 'ms',
    about: `Open loop${rate}`,
    missing: 'No trial has a usable response time.',
    window: 'shared',
    of: (measurement) => {
      const times = timesOf(measurement, className);
      return times && (shownPercentile(times, percentile) ?? null);
    },
  };
}

/** How many cores each server kept busy: why one server answers more requests than another. */
export const coresBusy: Quantity = {
  id: 'cores',
  title: 'CPU use',
  axis: 'cores',
  about: 'CPU time of all the server’s processes per second',
  missing: noCpuTime,
  window: 'closed',
  of: serverCores,
};

export const cpuPerRequest: Quantity = {
  id: 'cpu-request',
  title: 'CPU time per request',
  axis: 'ms of CPU time',
  about: 'CPU time of all the server’s processes, divided by requests answered',
  missing: noCpuTime,
  window: 'closed',
  of: cpuMsPerRequest,
};

export const memory: Quantity = {
  id: 'memory',
  title: 'Memory',
  axis: 'MiB',
  about:
    'Resident memory of all the server’s processes together: pages that they share are counted once',
  missing: 'Memory cannot be read on this platform.',
  window: 'closed',
  of: ({ server }) => (server.pssBytes === null ? null : server.pssBytes / 2 ** 20),
};
