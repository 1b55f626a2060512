import { isSameObjective } from '../comparison/capacity-evidence.ts';
import type { CapacityMetric } from '../comparison/change.ts';
import type { RunDocument } from '../document/run-document.ts';
import { loadCurvesOf } from '../load-curve/load-curve.ts';
import type { LoadLimit } from '../load-curve/load-limit.ts';
import type { Assertion, Bounds } from './assertion.ts';
import { nothing, type Shown } from './measured-bounds.ts';

/** What the load curves of a run show about how much a server handles within an objective, alone or as a ratio. */
export function curvesShow(
  document: RunDocument,
  { server, relativeTo, workload }: Assertion,
  { objective }: CapacityMetric,
): Shown {
  const planned = document.plan.workloads.find(({ name }) => name === workload);
  const curves = planned ? loadCurvesOf(document, planned).servers : [];
  const limitOf = (name: string): LoadLimit =>
    curves
      .find((curve) => curve.server === name)
      ?.objectives.find((one) => isSameObjective(one.objective, objective))?.capacity ?? {
      kind: 'unknown',
      reason: `${name} was not measured`,
    };
  const own = boundsOf(limitOf(server));
  if (typeof own === 'string') return nothing(own);
  const other = relativeTo && boundsOf(limitOf(relativeTo.server));
  if (typeof other === 'string') return nothing(other);
  return { bounds: other ? quotient(own, other) : own, blocks: null, reason: null, floorShare: 0 };
}

/** Why there are none, as a clause. */
function boundsOf(limit: LoadLimit): Bounds | string {
  switch (limit.kind) {
    case 'measured':
      return limit.interval
        ? { value: limit.perSecond, ...limit.interval }
        : 'the capacity has no confidence interval: too few blocks show it';
    case 'at-least':
      return { value: limit.perSecond, low: limit.perSecond, high: Number.POSITIVE_INFINITY };
    case 'less-than':
      return { value: limit.perSecond, low: 0, high: limit.perSecond };
    case 'unknown':
      return limit.reason;
    default:
      return limit satisfies never;
  }
}

/** Wide enough for any two values within their bounds. */
const quotient = (a: Bounds, b: Bounds): Bounds => ({
  value: a.value / b.value,
  low: a.low / b.high,
  high: a.high / b.low,
});
