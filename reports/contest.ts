import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../results/run-document.ts';
import type { RatioInterval } from '../results/statistics/log-ratio.ts';
import { type Judgement, judge } from '../results/verdicts/judge.ts';
import { isMoreBetter, type Metric } from '../results/verdicts/metric.ts';
import { readMetric } from '../results/verdicts/read-metric.ts';
import type { Comparison, Verdict } from '../results/verdicts/verdict.ts';
import { type Spread, spreadOf } from './spread.ts';
import { trialsOf } from './trials.ts';

/** How a server stands to the best one, as far as the verdict on the two goes. */
export type Standing = 'best' | 'behind' | 'equal' | 'undecided' | 'uncompared' | 'unmeasured';

export interface Entry {
  readonly server: PlannedServer;
  readonly trials: readonly Trial[];
  /** The metric over the blocks; null where no trial gave a number that may be used. */
  readonly value: Spread | null;
  readonly standing: Standing;
  /** This server's value over the best one's, with its 95 % interval. */
  readonly toBest: RatioInterval | null;
  /** On this server and the best one. */
  readonly verdict: Verdict | null;
}

/** One workload by the metric that tells most about it, and how each server did, in the plan's order. */
export interface Contest {
  readonly workload: PlannedWorkload;
  readonly metric: Metric;
  readonly entries: readonly Entry[];
  readonly best: Entry | null;
}

/** One contest for each workload of the plan. */
export function contestsOf(document: RunDocument, judgement = judge(document)): Contest[] {
  return document.plan.workloads.map((workload) => {
    const metric = headlineMetric(workload, judgement);
    const standing = judgement.standings.find(
      (one) => one.workload === workload.name && isSame(one.metric, metric),
    );
    const measured = document.plan.servers.map((server) => {
      const trials = trialsOf(document, server.name, workload.name);
      return { server, trials, value: spreadOf(valuesOf(trials, metric)) };
    });
    const best = standing?.best ?? measured.find(({ value }) => value)?.server.name;
    const entries = measured.map(({ server, trials, value }): Entry => {
      const comparison = standing?.againstBest.find(
        ({ first, second }) => first === server.name || second === server.name,
      );
      if (!value)
        return { server, trials, value, standing: 'unmeasured', toBest: null, verdict: null };
      if (server.name === best) {
        return { server, trials, value, standing: 'best', toBest: null, verdict: null };
      }
      const toBest = comparison ? ratioToOther(comparison, server.name, metric) : null;
      const verdict = comparison?.verdict ?? null;
      return { server, trials, value, standing: standingBy(verdict), toBest, verdict };
    });
    return {
      workload,
      metric,
      entries,
      best: entries.find((one) => one.standing === 'best') ?? null,
    };
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

const standingBy = (verdict: Verdict | null): Standing =>
  verdict ? standings[verdict.kind] : 'uncompared';

/** A verdict's ratio says how many times better one is; this says how its value relates to the other's. */
function ratioToOther(
  { first, verdict }: Comparison,
  server: string,
  metric: Metric,
): RatioInterval | null {
  if (verdict.kind === 'not-measured') return null;
  const better = verdict.kind === 'faster' ? verdict.ahead : first;
  const { ratio, low, high } = verdict;
  return (server === better) === isMoreBetter(metric)
    ? { ratio, low, high }
    : { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
}
