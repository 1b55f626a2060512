import type { RunDocument } from '../document/run-document.ts';
import { formatNumber } from '../format.ts';
import {
  type CapacityBounds,
  capacityBounds,
  capacityWithin,
} from '../load-curve/capacity-bounds.ts';
import { type LoadCurve, loadCurvesOf, type WorkloadCurves } from '../load-curve/load-curve.ts';
import type { LoadLimit } from '../load-curve/load-limit.ts';
import { differenceOf, type Estimate } from '../statistics/estimate.ts';
import type { Cell, Evidence } from './cell-evidence.ts';
import type { Broken, CapacityMetric, NotCompared } from './change.ts';

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
  const [before, after] = [curveIn(base, workload, server), curveIn(next, workload, server)];
  if (!before || !after) {
    const run = before ? 'new' : 'base';
    return { kind: 'not-compared', reason: `in the ${run} run, ${server} was not measured` };
  }
  const limits = [capacityWithin(before, objective), capacityWithin(after, objective)] as const;
  const [from, to] = [logOf(limits[0]), logOf(limits[1])];
  if (from && to) {
    return { kind: 'measured', logRatio: differenceOf(to, from), survivorBias: null };
  }
  const reason = from
    ? `in the new run, ${whyNot(limits[1], server)}`
    : `in the base run, ${whyNot(limits[0], server)}`;
  const bounds = [capacityBounds(before, objective), capacityBounds(after, objective)] as const;
  return apart(...bounds) ?? { kind: 'not-compared', reason };
}

/** Where a capacity is bounded from one side only, there is no ratio; it may have fallen or risen for certain all the same. */
function apart(
  before: CapacityBounds | string,
  after: CapacityBounds | string,
): Broken | NotCompared | null {
  if (typeof before === 'string' || typeof after === 'string') return null;
  const [most, least] = [Math.min(before.high, after.high), Math.max(before.low, after.low)];
  if (most >= least) return null;
  const [lower, higher] = [`at most ${formatNumber(most)}`, `at least ${formatNumber(least)}`];
  return after.high === most
    ? { kind: 'broken', reason: `it fell from ${higher} requests/s to ${lower}` }
    : {
        kind: 'not-compared',
        reason: `it rose from ${lower} requests/s to ${higher}, which gives no ratio`,
      };
}

const curveIn = (curves: Curves, workload: string, server: string): LoadCurve | undefined =>
  curves
    .find((one) => one.workload.name === workload)
    ?.servers.find((one) => one.server === server);

const logOf = (limit: LoadLimit): Estimate | null =>
  limit.kind === 'measured' && limit.error
    ? { value: Math.log(limit.perSecond), ...limit.error }
    : null;

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
