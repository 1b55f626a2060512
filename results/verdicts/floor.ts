import type { RunDocument } from '../document/run-document.ts';
import { meanOf } from '../statistics/summary.ts';
import type { Metric } from './metric.ts';
import { readMetric } from './read-metric.ts';
import type { Floor } from './verdict.ts';

/** Times are recorded to three significant digits. */
const timeResolution = 0.001;

/** Below what no difference by this metric is claimed in this run: the highest of three floors. */
export function floorFor(
  document: RunDocument,
  metric: Metric,
  { blocks, requests }: { readonly blocks: number; readonly requests: number },
): Floor {
  const floors: Floor[] = [
    { source: 'plan', share: document.plan.smallestClaim },
    { source: 'same-server', share: sameServerShare(document, metric, blocks) },
    {
      source: 'resolution',
      share: metric.kind === 'throughput' ? 1 / requests : timeResolution,
    },
  ];
  return floors.reduce((highest, floor) => (floor.share > highest.share ? floor : highest));
}

/**
 * The A/A floor: how far servers were from themselves in the trials that repeat one within its block, as a
 * mean over so many blocks would be. The larger of two: what the second of the two differs on average (a
 * bias, which no number of blocks mends), and the standard error that the pairs' spread about no difference
 * gives such a mean: their root mean square / √blocks. The first alone is next to nothing when +5 % and −5 %
 * happen to cancel. 0 without repeats. Whatever class of requests is compared, all of a workload's are taken.
 */
export function sameServerShare(document: RunDocument, metric: Metric, blocks: number): number {
  const logRatios = repeatLogRatios(document, metric);
  if (logRatios.length === 0) return 0;
  const bias = Math.abs(meanOf(logRatios));
  const spread = Math.sqrt(meanOf(logRatios.map((logRatio) => logRatio ** 2)));
  return Math.expm1(Math.max(bias, spread / Math.sqrt(blocks)));
}

/** ln(again/before) for each trial that was repeated. */
function repeatLogRatios({ trials }: RunDocument, metric: Metric): number[] {
  const of: Metric = metric.kind === 'throughput' ? metric : { ...metric, className: null };
  return trials
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
}
