import type { RunDocument, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { isSameObjective } from '../load-curve/capacity-bounds.ts';
import { trialsOf } from '../select.ts';
import { differencePValue, type Estimate, halfWidth } from '../statistics/estimate.ts';
import { type Significance, significances } from '../statistics/holm.ts';
import { equivalencePValue, ratioInterval } from '../statistics/log-ratio.ts';
import { usualStrictness } from '../verdicts/decide.ts';
import { higherIsBetter } from '../verdicts/metric.ts';
import { metricsOf } from '../verdicts/reading.ts';
import { curvesOf } from './capacity-evidence.ts';
import { type Cell, evidenceFor } from './cell-evidence.ts';
import type { CellChange, ComparedMetric, MeasuredChange, RunComparison } from './change.ts';
import { otherConditions } from './conditions.ts';

/**
 * What changed from one run to another: each server under each workload by each metric, and
 * how much it serves within each objective. Runs share no blocks, so trials
 * are compared as two independent samples (Welch's t-test on logarithms). If the machine as a whole was faster or
 * slower in one run, the intervals do not include that.
 *
 * @param threshold the share from which a change matters; a run that claims no change this small raises it
 */
export function compareRuns(
  base: RunDocument,
  next: RunDocument,
  threshold: number,
): RunComparison {
  const raised = Math.max(threshold, base.plan.smallestClaim, next.plan.smallestClaim);
  const curves = { base: curvesOf(base), new: curvesOf(next) };
  const cells = cellsOf(base, next).map((cell) => ({
    cell,
    evidence: evidenceFor(base, next, cell, curves),
  }));
  const estimates = cells.flatMap(({ evidence }) =>
    evidence.kind === 'measured' ? [evidence.logRatio] : [],
  );
  const all = significances(estimates.map(differencePValue));
  const byEstimate = new Map(estimates.map((estimate, index) => [estimate, all[index]]));
  return {
    threshold: raised,
    warnings: [...raisedThreshold(threshold, raised), ...otherConditions(base, next)],
    cells: cells.map(({ cell, evidence }): CellChange => {
      if (evidence.kind !== 'measured') return { ...cell, change: evidence };
      const { logRatio, survivorBias } = evidence;
      const significance = byEstimate.get(logRatio) ?? { pValue: 1, adjustedP: 1 };
      const change = decide(logRatio, significance, cell.metric, raised);
      const holdsAnyway = survivorBias?.run === 'new' ? 'worse' : 'better';
      return survivorBias && change.kind !== holdsAnyway
        ? { ...cell, change: { kind: 'not-compared', reason: survivorBias.reason } }
        : { ...cell, change };
    }),
  };
}

function raisedThreshold(requested: number, raised: number): Warning[] {
  if (raised <= requested) return [];
  return [
    {
      code: 'raised-threshold',
      severity: 'warn',
      message: `the threshold is ${percent(raised)} instead of the ${percent(requested)} requested: runs this short show no smaller change`,
      advice: 'make both runs without --quick',
    },
  ];
}

/** Everything that either run measured, by percentiles that both runs have the requests for. */
function cellsOf(base: RunDocument, next: RunDocument): Cell[] {
  const runs = [base, next];
  const planned = Map.groupBy(
    runs.flatMap(({ plan }) => plan.workloads),
    ({ name }) => name,
  );
  return [...planned].flatMap(([workload, plans]) => {
    const [first] = plans;
    const trials = runs.flatMap((run) => trialsOf(run, { workload }));
    const servers = [...new Set(plans.flatMap((one) => one.servers))];
    const [objectives = [], ...others] = plans.map((plan) => plan.objectives);
    const shared = objectives.filter((one) =>
      others.some((other) => other.some((objective) => isSameObjective(one, objective))),
    );
    const metrics: ComparedMetric[] = [
      ...(first ? metricsOf(first, trials) : []),
      ...shared.map((objective): ComparedMetric => ({ kind: 'capacity', objective })),
    ];
    return metrics.flatMap((metric) => servers.map((server) => ({ server, workload, metric })));
  });
}

function decide(
  logRatio: Estimate,
  significance: Significance,
  metric: ComparedMetric,
  threshold: number,
): MeasuredChange {
  const { alpha } = usualStrictness;
  const interval = ratioInterval(logRatio, halfWidth(logRatio, 1 - alpha));
  const measured = { ...interval, ...significance };
  if (Math.abs(interval.ratio - 1) > threshold && significance.adjustedP < alpha) {
    const isBetter = interval.ratio > 1 === higherIsBetter(metric);
    return { kind: isBetter ? 'better' : 'worse', ...measured };
  }
  const unchanged = equivalencePValue(logRatio, threshold) < alpha;
  return { kind: unchanged ? 'unchanged' : 'unclear', ...measured };
}
