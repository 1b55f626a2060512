import type { Trial } from '../../results/document/run-document.ts';
import { formatNumber, formatWithRange, percent } from '../../results/format.ts';
import { windowOf } from '../../results/select.ts';
import type { Spread } from '../../results/statistics/summary.ts';
import { higherIsBetter, type Metric } from '../../results/verdicts/metric.ts';
import type { RankedServer, WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { readMetric, voidingWarning, windowFor } from '../../results/verdicts/reading.ts';
import { ratioRange, ratioText } from './numbers.ts';

/** The unit of a column: "requests/s", "light requests, p99, ms". */
export const metricUnit = (metric: Metric): string =>
  metric.kind === 'throughput'
    ? 'requests/s'
    : `${metric.className ?? 'all'} requests, ${metric.percentile}, ms`;

/** A median with the lowest and highest block; "–" where there is none. */
export function spreadText(spread: Spread | null): string {
  if (!spread) return '–';
  return spread.blocks > 1 ? formatWithRange(spread.median, spread) : formatNumber(spread.median);
}

/** How a server compares with the leader, in a sign and a few words; empty where it has no value. */
export function positionText(
  { servers, metric }: WorkloadRanking,
  { position, toLeader, comparison }: RankedServer,
): string {
  const verdict = comparison?.verdict;
  switch (position) {
    case 'best':
      return servers.some((one) => one.position === 'equal') ? '● tied for first' : '● fastest';
    case 'equal':
      return verdict?.kind === 'equivalent'
        ? `● tied for first (within ${percent(verdict.margin)})`
        : '';
    case 'leading':
      return isFirstOfSeveral(servers, metric)
        ? `${higherIsBetter(metric) ? 'highest' : 'lowest'} (not significant)`
        : '';
    case 'behind':
      return toLeader ? `▾ ${ratioText(toLeader)}` : '';
    case 'undecided':
      if (!toLeader) return '';
      return verdict?.kind === 'indistinguishable' && verdict.cause === 'many-comparisons'
        ? `? probably ${ratioText(toLeader)}`
        : `? not significant (${ratioRange(toLeader, '×')})`;
    case 'uncompared':
      return '? not compared';
    default:
      return '';
  }
}

/** The leader of the comparisons may have a lower median than a server that failed in some blocks. */
function isFirstOfSeveral(servers: readonly RankedServer[], metric: Metric): boolean {
  const medians = servers.flatMap(({ value }) => (value ? [value.median] : []));
  const leader = servers.find(({ position }) => position === 'leading')?.value?.median;
  const first = higherIsBetter(metric) ? Math.max(...medians) : Math.min(...medians);
  return medians.length > 1 && leader === first;
}

/** How the values of a table were measured. */
export const tableNote = (rankings: readonly WorkloadRanking[]): string =>
  rankings.some(({ metric }) => metric.kind === 'response-time')
    ? 'Throughput: closed loop. Response times: open loop at the same rate for every server; lower is better.'
    : 'Throughput: closed loop.';

/** Why a server has no value: a word for a cell, and a clause. */
export function whyUnmeasured(
  trials: readonly Trial[],
  metric: Metric,
): { readonly word: string; readonly reason: string } {
  const unusable = trials.flatMap((trial) => {
    const reading = readMetric(trial, metric);
    return reading.usable ? [] : [{ trial, reading }];
  });
  // The first block has no open loops: a trial that tried and failed explains more.
  const found = unusable.find(({ reading }) => reading.cause !== 'absent') ?? unusable[0];
  if (!found) return { word: 'not run', reason: 'no trial was run' };
  const { trial, reading } = found;
  if (trial.status !== 'ok') return { word: trial.status, reason: trial.reason };
  const measured = windowOf(trial, windowFor(metric))?.warnings ?? [];
  const voiding = voidingWarning([...trial.warnings, ...measured]);
  if (!voiding) return { word: 'no result', reason: reading.reason };
  return { word: voiding.code === 'overloaded' ? 'overloaded' : 'void', reason: voiding.message };
}
