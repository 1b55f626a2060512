import type { RunDocument } from '../document/run-document.ts';
import { meanOf } from '../statistics/summary.ts';
import { answer } from './compare.ts';
import { lossOf } from './loss.ts';
import { higherIsBetter, type Metric } from './metric.ts';
import { questionsOf } from './questions.ts';
import { readMetric } from './read-metric.ts';
import type { Comparison } from './verdict.ts';

/** Who did best under a workload by a metric, and how each of the others compares with it. */
export interface Standing {
  readonly workload: string;
  readonly metric: Metric;
  /**
   * Of those that lost the fewest blocks by their own doing, the one with the best mean; that it is truly
   * better than another is for the comparison to say.
   */
  readonly best: string;
  readonly againstBest: readonly Comparison[];
}

export interface Judgement {
  /** Every two servers under every workload by every metric. */
  readonly comparisons: readonly Comparison[];
  /** None where no trial gave a number. */
  readonly standings: readonly Standing[];
}

/** What a run shows, and how surely. */
export function judge(document: RunDocument): Judgement {
  const comparisons = answer(questionsOf(document));
  const contests = Map.groupBy(comparisons, ({ workload, metric }) =>
    JSON.stringify([workload, metric]),
  );
  const standings = [...contests.values()].flatMap((contest) => standingIn(document, contest));
  return { comparisons, standings };
}

function standingIn(document: RunDocument, contest: readonly Comparison[]): Standing[] {
  const [any] = contest;
  if (!any) return [];
  const { workload, metric } = any;
  const best = bestOf(document, workload, metric);
  if (best === null) return [];
  const againstBest = contest.filter(({ first, second }) => first === best || second === best);
  return [{ workload, metric, best, againstBest }];
}

function bestOf({ plan, trials }: RunDocument, workload: string, metric: Metric): string | null {
  const means = plan.servers.flatMap(({ name }) => {
    const readings = trials
      .filter((trial) => trial.purpose === 'comparison')
      .filter((trial) => trial.server === name && trial.workload === workload)
      .map((trial) => readMetric(trial, metric));
    const logs = readings.flatMap((one) => (one.usable ? [Math.log(one.value)] : []));
    if (logs.length === 0) return [];
    const lost = lossOf(name, metric, readings)?.blocks ?? 0;
    return [{ name, lost, mean: meanOf(logs) * (higherIsBetter(metric) ? 1 : -1) }];
  });
  return means.toSorted((a, b) => a.lost - b.lost || b.mean - a.mean)[0]?.name ?? null;
}
