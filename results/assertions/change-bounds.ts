import { curvesOf } from '../comparison/capacity-evidence.ts';
import { evidenceFor } from '../comparison/cell-evidence.ts';
import type { RunDocument } from '../document/run-document.ts';
import { trialsOf } from '../select.ts';
import { halfWidth } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import type { Assertion } from './assertion.ts';
import {
  atRate,
  boundsOf,
  nothing,
  openedFor,
  type Shown,
  whyNotOffered,
  whyTooFewRequests,
  worse,
} from './measured-bounds.ts';

/** What two runs show about the value of a server in the new run, divided by its value in the base run. */
export function changeShows(base: RunDocument, next: RunDocument, assertion: Assertion): Shown {
  const { server, workload, metric, ratePerSecond } = assertion;
  const runs = [base, next].map((run) => ({ ...run, trials: atRate(run.trials, ratePerSecond) }));
  const [before = base, after = next] = runs;
  const measured = runs.map((run) => trialsOf(run, { server, workload }));
  if (metric.kind !== 'capacity') {
    const problem = measured
      .map((trials) => whyNotOffered(trials, ratePerSecond) ?? whyTooFewRequests(trials, metric))
      .find((reason) => reason !== null);
    if (problem) return nothing(problem);
  }
  const curves = { base: curvesOf(before), new: curvesOf(after) };
  const evidence = evidenceFor(before, after, { server, workload, metric }, curves);
  if (evidence.kind === 'not-compared') return nothing(evidence.reason);
  if (evidence.kind === 'broken') return worse(metric, null, evidence.reason);
  const { logRatio, survivorBias } = evidence;
  const bounds = boundsOf(logRatio, halfWidth(logRatio, usualConfidence));
  const whose = survivorBias?.run === 'new' ? 'server' : 'other';
  const share = Math.max(base.plan.smallestClaim, next.plan.smallestClaim);
  return {
    bounds: survivorBias ? openedFor(bounds, metric, whose) : bounds,
    blocks: null,
    reason: survivorBias?.reason ?? null,
    floor: share > 0 ? { share, source: 'plan' } : null,
  };
}
