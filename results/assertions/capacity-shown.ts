import type { CapacityMetric } from '../comparison/change.ts';
import type { RunDocument } from '../document/run-document.ts';
import { capacityBounds } from '../load-curve/capacity-bounds.ts';
import { loadCurvesOf } from '../load-curve/load-curve.ts';
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
  const boundsFor = (name: string): Bounds | string => {
    const curve = curves.find((one) => one.server === name);
    return curve ? capacityBounds(curve, objective) : `${name} was not measured`;
  };
  const own = boundsFor(server);
  if (typeof own === 'string') return nothing(own);
  const other = relativeTo && boundsFor(relativeTo.server);
  if (typeof other === 'string') return nothing(other);
  const bounds = other ? quotient(own, other) : own;
  if (bounds.low === 0 && bounds.high === Number.POSITIVE_INFINITY) {
    return nothing(`both capacities are only bounded from ${own.low > 0 ? 'below' : 'above'}`);
  }
  return { bounds, blocks: null, reason: null, floor: null };
}

/** Wide enough for any two values within their bounds. */
const quotient = (a: Bounds, b: Bounds): Bounds => ({
  value: a.value / b.value,
  low: a.low / b.high,
  high: a.high / b.low,
});
