import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../document/run-document.ts';
import { byBlock, trialsOf } from '../select.ts';
import { inverseRatio, type RatioInterval } from '../statistics/log-ratio.ts';
import { meanOf, type Spread, spreadOf } from '../statistics/summary.ts';
import { compareServers } from './decide.ts';
import { isMainMetric } from './main-window.ts';
import { higherIsBetter, isSameMetric, type Metric } from './metric.ts';
import { failedBlocksOf, readMetric } from './reading.ts';
import type { Comparison, Verdict } from './verdict.ts';

/**
 * A server's place relative to the leader, as far as the verdict on the two goes. The leader is `best` where it is
 * shown to be faster than, or equivalent to, at least one other server; else it is only `leading`.
 */
type Position = 'best' | 'leading' | 'behind' | 'equal' | 'undecided' | 'uncompared' | 'unmeasured';

export interface RankedServer {
  readonly server: PlannedServer;
  readonly trials: readonly Trial[];
  /** The metric over the blocks; null where no trial has a number that may be used. */
  readonly value: Spread | null;
  readonly position: Position;
  /** The comparison with the leader; null for the leader. */
  readonly comparison: Comparison | null;
  /** This server's value over the leader's, with its 95 % interval. */
  readonly toLeader: RatioInterval | null;
}

/** The servers of one workload by one metric, in the order of the plan. */
export interface WorkloadRanking {
  readonly workload: PlannedWorkload;
  readonly metric: Metric;
  readonly servers: readonly RankedServer[];
  /**
   * Among the servers with the smallest share of failed blocks, the one that is ahead of the most others by its
   * comparisons: these use the blocks that both have, while a mean over a server's own blocks depends on which blocks it
   * has. Where that decides nothing, the one with the best mean. Whether it is truly better than another is for the
   * verdict to say.
   */
  readonly leader: RankedServer | null;
}

/** The ranking of each workload by its main metric. */
export const rankWorkloads = (
  document: RunDocument,
  comparisons = compareServers(document),
): WorkloadRanking[] =>
  document.plan.workloads.map((workload) =>
    rankBy(mainMetric(workload, comparisons), document, workload, comparisons),
  );

/**
 * What the servers of a workload are ranked by: throughput; with several classes of requests, the response time of the
 * first, which the others may delay.
 */
export const mainMetric = (workload: PlannedWorkload, comparisons: readonly Comparison[]): Metric =>
  comparisons.find((one) => one.workload === workload.name && isMainMetric(workload, one.metric))
    ?.metric ?? { kind: 'throughput' };

/** The ranking of a workload by any metric that was compared. */
export function rankBy(
  metric: Metric,
  document: RunDocument,
  workload: PlannedWorkload,
  comparisons: readonly Comparison[],
): WorkloadRanking {
  const measured = document.plan.servers
    .filter(({ name }) => workload.servers.includes(name))
    .map((server) => {
      const trials = trialsOf(document, { server: server.name, workload: workload.name });
      return { server, trials, value: spreadOf(metricByBlock(trials, metric)) };
    });
  const compared = comparisons.filter(
    (one) => one.workload === workload.name && isSameMetric(one.metric, metric),
  );
  const leader = leaderOf(measured, metric, compared);
  const withLeader = compared.filter(({ first, second }) => first === leader || second === leader);
  const isBest = withLeader.some(
    ({ verdict }) =>
      verdict.kind === 'equivalent' || ('ahead' in verdict && verdict.ahead === leader),
  );
  const servers = measured.map((one): RankedServer => {
    const { name } = one.server;
    const alone = { ...one, comparison: null, toLeader: null };
    if (name === leader) return { ...alone, position: isBest ? 'best' : 'leading' };
    const comparison =
      withLeader.find(({ first, second }) => first === name || second === name) ?? null;
    if (!one.value && comparison?.verdict.kind !== 'one-failed') {
      return { ...alone, position: 'unmeasured' };
    }
    return {
      ...one,
      comparison,
      toLeader: comparison && valueRatio(comparison, name),
      position: comparison ? positions[comparison.verdict.kind] : 'uncompared',
    };
  });
  return {
    workload,
    metric,
    servers,
    leader: servers.find(({ server }) => server.name === leader) ?? null,
  };
}

const positions: Readonly<Record<Verdict['kind'], Position>> = {
  faster: 'behind',
  'one-failed': 'behind',
  equivalent: 'equal',
  indistinguishable: 'undecided',
  'not-measured': 'uncompared',
};

function leaderOf(
  measured: readonly Pick<RankedServer, 'server' | 'trials'>[],
  metric: Metric,
  comparisons: readonly Comparison[],
): string | null {
  const rated = measured.flatMap(({ server: { name }, trials }) => {
    const readings = trials.map((trial) => readMetric(trial, metric));
    const logs = readings.flatMap((one) => (one.usable ? [Math.log(one.value)] : []));
    if (logs.length === 0) return [];
    const failed = (failedBlocksOf(name, metric, readings)?.blocks ?? 0) / trials.length;
    return [{ name, failed, mean: meanOf(logs) * (higherIsBetter(metric) ? 1 : -1) }];
  });
  const fewestFailed = Math.min(...rated.map(({ failed }) => failed));
  const candidates = rated.filter(({ failed }) => failed === fewestFailed);
  const leadsOf = (name: string) =>
    candidates.filter((other) => comparisons.some((one) => isAhead(name, other.name, one))).length;
  return (
    candidates
      .map((one) => ({ ...one, leads: leadsOf(one.name) }))
      .toSorted((a, b) => b.leads - a.leads || b.mean - a.mean)[0]?.name ?? null
  );
}

/** Whether a comparison has a server ahead of another, significantly or not. */
function isAhead(name: string, other: string, { first, second, verdict }: Comparison): boolean {
  if (verdict.kind === 'not-measured') return false;
  const firstAhead = 'ahead' in verdict ? verdict.ahead === first : verdict.ratio >= 1;
  const [ahead, behind] = firstAhead ? [first, second] : [second, first];
  return name === ahead && other === behind;
}

const metricByBlock = (trials: readonly Trial[], metric: Metric) =>
  byBlock(trials, (trial) => {
    const reading = readMetric(trial, metric);
    return reading.usable ? reading.value : null;
  });

/**
 * A server's value over that of the other server of a comparison, if both have one; the verdict's own ratio says how
 * many times better one is.
 */
export function valueRatio(
  { first, metric, verdict }: Comparison,
  server: string,
): RatioInterval | null {
  if (verdict.kind === 'not-measured' || verdict.kind === 'one-failed') return null;
  const better = verdict.kind === 'faster' ? verdict.ahead : first;
  const { ratio, low, high } = verdict;
  const interval = { ratio, low, high };
  return (server === better) === higherIsBetter(metric) ? interval : inverseRatio(interval);
}

/** How two servers, in either order, compare by throughput; undefined where they were not compared. */
export const throughputComparison = (
  comparisons: readonly Comparison[],
  workload: string,
  one: string,
  other: string,
): Comparison | undefined =>
  comparisons.find(
    (comparison) =>
      comparison.workload === workload &&
      comparison.metric.kind === 'throughput' &&
      [comparison.first, comparison.second].includes(one) &&
      [comparison.first, comparison.second].includes(other),
  );
