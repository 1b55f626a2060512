import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../document/run-document.ts';
import type { RatioInterval } from '../statistics/log-ratio.ts';
import { type Spread, spreadOf } from '../statistics/spread.ts';
import { trialsOf } from '../trials.ts';
import { type Judgement, judge } from './judge.ts';
import type { Metric } from './metric.ts';
import { readMetric } from './read-metric.ts';
import { valueRatio } from './value-ratio.ts';
import type { Comparison } from './verdict.ts';

/**
 * How a server stands to the leader, as far as the verdict on the two goes. The leader has the best mean; it is `best` where
 * a verdict says so of at least one other.
 */
export type Standing =
  | 'best'
  | 'leading'
  | 'behind'
  | 'equal'
  | 'undecided'
  | 'uncompared'
  | 'unmeasured';

export interface Entry {
  readonly server: PlannedServer;
  readonly trials: readonly Trial[];
  /** The metric over the blocks; null where no trial gave a number that may be used. */
  readonly value: Spread | null;
  readonly standing: Standing;
  /** With the leader. */
  readonly comparison: Comparison | null;
  /** This server's value over the leader's, with its 95 % interval. */
  readonly toLeader: RatioInterval | null;
}

/** One workload by the metric that tells most about it, and how each server did that it was asked of, in the plan's order. */
export interface WorkloadRanking {
  readonly workload: PlannedWorkload;
  readonly metric: Metric;
  readonly entries: readonly Entry[];
  readonly leader: Entry | null;
}

/** One contest for each workload of the plan. */
export function rankWorkloads(
  document: RunDocument,
  judgement = judge(document),
): WorkloadRanking[] {
  return document.plan.workloads.map((workload) => {
    const metric = headlineMetric(workload, judgement);
    const judged = judgement.standings.find(
      (one) => one.workload === workload.name && isSame(one.metric, metric),
    );
    const decided = judged?.againstBest.some(
      ({ verdict }) => verdict.kind === 'faster' || verdict.kind === 'equivalent',
    );
    const asked = document.plan.servers.filter(({ name }) => workload.servers.includes(name));
    const measured = asked.map((server) => {
      const trials = trialsOf(document, server.name, workload.name);
      return { server, trials, value: spreadOf(valuesOf(trials, metric)) };
    });
    const leader = judged?.best ?? measured.find(({ value }) => value)?.server.name;
    const entries = measured.map((one): Entry => {
      const { name } = one.server;
      const alone = { ...one, comparison: null, toLeader: null };
      if (!one.value) return { ...alone, standing: 'unmeasured' };
      if (name === leader) return { ...alone, standing: decided ? 'best' : 'leading' };
      const comparison =
        judged?.againstBest.find(({ first, second }) => first === name || second === name) ?? null;
      const toLeader = comparison ? valueRatio(comparison, name) : null;
      return { ...alone, comparison, toLeader, standing: standingBy(comparison) };
    });
    const leading = entries.find(({ server }) => server.name === leader) ?? null;
    return { workload, metric, entries, leader: leading };
  });
}

/** Throughput; but where a workload has several classes, how long its first one takes, which the others may delay. */
function headlineMetric({ name, classes }: PlannedWorkload, { comparisons }: Judgement): Metric {
  const [first] = classes;
  const times = comparisons.find(
    ({ workload, metric }) =>
      workload === name && metric.kind === 'response-time' && metric.className === first?.name,
  );
  return classes.length > 1 && times ? times.metric : { kind: 'throughput' };
}

const isSame = (a: Metric, b: Metric): boolean =>
  a.kind === 'throughput' || b.kind === 'throughput'
    ? a.kind === b.kind
    : a.percentile === b.percentile && a.className === b.className;

const valuesOf = (trials: readonly Trial[], metric: Metric): Map<number, number> =>
  new Map(
    trials.flatMap((trial) => {
      const reading = readMetric(trial, metric);
      return reading.usable ? [[trial.block, reading.value] as const] : [];
    }),
  );

const standings = {
  faster: 'behind',
  equivalent: 'equal',
  indistinguishable: 'undecided',
  'not-measured': 'uncompared',
} as const;

const standingBy = (comparison: Comparison | null): Standing =>
  comparison ? standings[comparison.verdict.kind] : 'uncompared';
