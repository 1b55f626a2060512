import type { Objective, RunDocument } from '../document/run-document.ts';
import { formatNumber } from '../format.ts';
import { loadCurvesOf, type WorkloadCurves } from '../load-curve/load-curve.ts';
import type { LoadLimit } from '../load-curve/load-limit.ts';
import { differenceOf, type Estimate } from '../statistics/estimate.ts';
import type { Cell, Evidence } from './cell-evidence.ts';
import type { CapacityMetric } from './change.ts';

/** The load curves of one run, for comparisons with another. */
export type Curves = readonly WorkloadCurves[];

/** The load curves of the workloads that have objectives. */
export const curvesOf = (document: RunDocument): Curves =>
  document.plan.workloads
    .filter(({ objectives }) => objectives.length > 0)
    .map((workload) => loadCurvesOf(document, workload));

/** What two runs show about how much a server serves while it keeps an objective. */
export function capacityEvidence(
  base: Curves,
  next: Curves,
  { server, workload, metric: { objective } }: Cell & { readonly metric: CapacityMetric },
): Evidence {
  const before = capacityIn(base, workload, server, objective);
  const after = capacityIn(next, workload, server, objective);
  const [from, to] = [logOf(before), logOf(after)];
  if (from && to) {
    return { kind: 'measured', logRatio: differenceOf(to, from), survivorBias: null };
  }
  if (after.kind === 'less-than' && lowestOf(before) > after.perSecond) {
    const lowest = formatNumber(after.perSecond);
    return {
      kind: 'broken',
      reason: `in the new run, ${server} did not keep it even at ${lowest} requests/s`,
    };
  }
  const reason = from
    ? `in the new run, ${whyNot(after, server)}`
    : `in the base run, ${whyNot(before, server)}`;
  return { kind: 'not-compared', reason };
}

function capacityIn(
  curves: Curves,
  workload: string,
  server: string,
  objective: Objective,
): LoadLimit {
  const curve = curves
    .find((one) => one.workload.name === workload)
    ?.servers.find((one) => one.server === server);
  const found = curve?.objectives.find((one) => isSameObjective(one.objective, objective));
  return found?.capacity ?? { kind: 'unknown', reason: `${server} was not measured` };
}

export const isSameObjective = (a: Objective, b: Objective): boolean =>
  a.class === b.class && a.percentile === b.percentile && a.belowMs === b.belowMs;

const logOf = (limit: LoadLimit): Estimate | null =>
  limit.kind === 'measured' && limit.error
    ? { value: Math.log(limit.perSecond), ...limit.error }
    : null;

const lowestOf = (limit: LoadLimit): number => {
  if (limit.kind === 'measured') return limit.interval?.low ?? limit.perSecond;
  return limit.kind === 'at-least' ? limit.perSecond : 0;
};

/** A clause. */
function whyNot(limit: LoadLimit, server: string): string {
  switch (limit.kind) {
    case 'measured':
      return 'it has no confidence interval: too few blocks show it';
    case 'at-least':
      return `it was kept at all loads that did not overload ${server}, up to ${formatNumber(limit.perSecond)} requests/s`;
    case 'less-than':
      return `it was not kept even at ${formatNumber(limit.perSecond)} requests/s`;
    default:
      return limit.reason;
  }
}
