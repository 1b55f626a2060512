import type { RunDocument } from '../run-document.ts';
import { meanOf } from '../statistics/summary.ts';
import type { Metric } from './metric.ts';
import { readMetric } from './read-metric.ts';
import type { Floor } from './verdict.ts';

/** Times are recorded to three significant digits. */
const timeResolution = 0.001;

/** Below what no difference by this metric is claimed in this run: the highest of three floors. */
export function floorFor(document: RunDocument, metric: Metric, requests: number): Floor {
  const floors: Floor[] = [
    { source: 'plan', share: document.plan.smallestClaim },
    { source: 'same-server', share: sameServerShare(document, metric) },
    {
      source: 'resolution',
      share: metric.kind === 'throughput' ? 1 / requests : timeResolution,
    },
  ];
  return floors.reduce((highest, floor) => (floor.share > highest.share ? floor : highest));
}

/**
 * What servers differed from themselves, on average over the blocks that repeat one: the A/A floor. 0
 * without such blocks. Whatever class of requests is compared, all of a workload's are taken.
 */
export function sameServerShare({ trials }: RunDocument, metric: Metric): number {
  const of: Metric = metric.kind === 'throughput' ? metric : { ...metric, className: null };
  const logRatios = trials
    .filter(({ purpose }) => purpose === 'control')
    .flatMap((control) => {
      const original = trials.find(
        (trial) =>
          trial.purpose === 'comparison' &&
          trial.block === control.block &&
          trial.server === control.server &&
          trial.workload === control.workload,
      );
      const [again, before] = [control, original].map((trial) => trial && readMetric(trial, of));
      return again?.usable && before?.usable ? [Math.log(again.value / before.value)] : [];
    });
  return logRatios.length > 0 ? Math.expm1(Math.abs(meanOf(logRatios))) : 0;
}
