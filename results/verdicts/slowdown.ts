import type { PlannedServer, Trial } from '../document/run-document.ts';
import type { Percentile } from '../percentile.ts';
import { byBlock, type WindowName } from '../select.ts';
import { anytimeHalfWidth } from '../statistics/anytime-t-test.ts';
import {
  pairedByBlock,
  pairedLogRatio,
  type RatioInterval,
  ratioInterval,
  usualConfidence,
} from '../statistics/log-ratio.ts';
import { type Spread, spreadOf } from '../statistics/summary.ts';
import { hasSeveralClasses } from './main-window.ts';
import type { Metric } from './metric.ts';
import type { WorkloadRanking } from './ranking.ts';
import { failedBlocksOf, metricsOf, readMetric } from './reading.ts';

/**
 * How many times as long requests of the first class take beside the other classes as alone: their response time at the
 * shared rate over that in the window `alone`, paired by block, with its 95 % interval.
 */
export interface Slowdown extends RatioInterval {
  readonly server: PlannedServer;
  /** Response times in ms, over the blocks that have both. */
  readonly alone: Spread;
  readonly beside: Spread;
}

/** What the other classes of a workload do to the first. */
export interface WorkloadSlowdowns {
  readonly className: string;
  readonly others: readonly string[];
  /** The percentile by which servers are compared. */
  readonly percentile: Percentile;
  /** One for each server that has a slowdown, in the order of the plan. */
  readonly servers: readonly Slowdown[];
}

/** Null for a workload with one class of requests, and where no server has a slowdown. */
export function slowdownsOf({
  workload,
  servers,
}: Pick<WorkloadRanking, 'workload' | 'servers'>): WorkloadSlowdowns | null {
  const [first, ...others] = workload.classes.map(({ name }) => name);
  if (first === undefined || !hasSeveralClasses(workload)) return null;
  const metrics = metricsOf(
    workload,
    servers.flatMap(({ trials }) => trials),
  );
  const metric = metrics.find((one) => one.kind === 'response-time' && one.className === first);
  if (metric?.kind !== 'response-time') return null;
  const measured = servers.flatMap(
    ({ server, trials }) => slowdownOf(server, trials, metric) ?? [],
  );
  return measured.length > 0
    ? { className: first, others, percentile: metric.percentile, servers: measured }
    : null;
}

/**
 * Null where fewer than two blocks have both windows; and where the server failed beside the other classes in some
 * block: the other blocks would make it look better than it is.
 */
function slowdownOf(
  server: PlannedServer,
  trials: readonly Trial[],
  metric: Metric,
): Slowdown | null {
  const readings = trials.map((trial) => readMetric(trial, metric));
  if (failedBlocksOf(server.name, metric, readings)) return null;
  const timesIn = (window: WindowName) =>
    byBlock(trials, (trial) => {
      const reading = readMetric(trial, metric, window);
      return reading.usable ? reading.value : null;
    });
  const pairs = pairedByBlock(timesIn('shared'), timesIn('alone'));
  const logRatio = pairedLogRatio(pairs);
  const beside = spreadOf(new Map(pairs.map(({ a }, index) => [index, a])));
  const alone = spreadOf(new Map(pairs.map(({ b }, index) => [index, b])));
  if (!logRatio || !beside || !alone) return null;
  const reach = anytimeHalfWidth(logRatio, usualConfidence);
  return { ...ratioInterval(logRatio, reach), server, beside, alone };
}
