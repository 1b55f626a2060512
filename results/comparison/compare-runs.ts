import type { RunDocument, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { differencePValue, type Estimate } from '../statistics/estimate.ts';
import { holmAdjusted } from '../statistics/holm.ts';
import { equivalencePValue, ratioInterval } from '../statistics/log-ratio.ts';
import { higherIsBetter, type Metric } from '../verdicts/metric.ts';
import { metricsOf } from '../verdicts/reading.ts';
import type { CellChange, MeasuredChange, RunComparison } from './change.ts';
import { otherConditions } from './conditions.ts';
import { type Cell, evidenceFor } from './evidence.ts';

const alpha = 0.05;

/**
 * What changed from one run to another: each server under each workload by each metric. Runs share no
 * blocks, so trials are compared as two samples (Welch's t-test on logarithms). That a machine was in
 * another state in one run than in the other is not in either sample's spread: intervals are as narrow as
 * if it had not been.
 *
 * @param threshold the share from which a change matters; a run that claims nothing below more raises it
 */
export function compareRuns(
  base: RunDocument,
  next: RunDocument,
  threshold: number,
): RunComparison {
  const raised = Math.max(threshold, base.plan.smallestClaim, next.plan.smallestClaim);
  const cells = cellsOf(base, next).map((cell) => ({
    cell,
    evidence: evidenceFor(base, next, cell),
  }));
  const estimates = cells.flatMap(({ evidence }) =>
    evidence.kind === 'measured' ? [evidence.logRatio] : [],
  );
  const adjusted = holmAdjusted(estimates.map(differencePValue));
  return {
    threshold: raised,
    warnings: [...raisedThreshold(threshold, raised), ...otherConditions(base, next)],
    cells: cells.map(({ cell, evidence }): CellChange => {
      if (evidence.kind !== 'measured') return { ...cell, change: evidence };
      const { logRatio, flattering } = evidence;
      const adjustedP = adjusted[estimates.indexOf(logRatio)] ?? 1;
      const change = changeFrom(logRatio, adjustedP, cell.metric, raised);
      const standsAnyway = flattering?.run === 'new' ? 'worse' : 'better';
      return flattering && change.kind !== standsAnyway
        ? { ...cell, change: { kind: 'not-compared', reason: flattering.reason } }
        : { ...cell, change };
    }),
  };
}

function raisedThreshold(asked: number, raised: number): Warning[] {
  if (raised <= asked) return [];
  return [
    {
      code: 'raised-threshold',
      severity: 'warn',
      message: `changes below ${percent(raised)} are not judged, though ${percent(asked)} was asked for: a run as short as these claims nothing smaller`,
      advice: 'make both runs without --quick',
    },
  ];
}

/** All that either run measured, by percentiles that both have the requests for. */
function cellsOf(base: RunDocument, next: RunDocument): Cell[] {
  const names = (pick: (document: RunDocument) => string[]) => [
    ...new Set([base, next].flatMap(pick)),
  ];
  return names(({ plan }) => plan.workloads.map(({ name }) => name)).flatMap((workload) => {
    const planned = [base, next].flatMap(({ plan, trials }) => {
      const found = plan.workloads.find(({ name }) => name === workload);
      return found
        ? [{ found, trials: trials.filter((trial) => trial.workload === workload) }]
        : [];
    });
    const [first] = planned;
    if (!first) return [];
    const trials = planned.flatMap((one) => one.trials);
    const servers = [...new Set(planned.flatMap(({ found }) => found.servers))];
    return metricsOf(first.found, trials).flatMap((metric) =>
      servers.map((server) => ({ server, workload, metric })),
    );
  });
}

function changeFrom(
  logRatio: Estimate,
  adjustedP: number,
  metric: Metric,
  threshold: number,
): MeasuredChange {
  const interval = ratioInterval(logRatio, 1 - alpha);
  const measured = { ...interval, pValue: differencePValue(logRatio), adjustedP };
  if (Math.abs(interval.ratio - 1) > threshold && adjustedP < alpha) {
    return {
      kind: interval.ratio > 1 === higherIsBetter(metric) ? 'better' : 'worse',
      ...measured,
    };
  }
  const unchanged = equivalencePValue(logRatio, threshold) < alpha;
  return { kind: unchanged ? 'unchanged' : 'unclear', ...measured };
}
