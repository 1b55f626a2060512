import { isSameObjective } from '../comparison/capacity-evidence.ts';
import type { CapacityMetric } from '../comparison/change.ts';
import type { Objective, RunDocument } from '../document/run-document.ts';
import { formatNumber } from '../format.ts';
import { type LoadCurve, loadCurvesOf, pointsFor } from '../load-curve/load-curve.ts';
import type { LoadLimit } from '../load-curve/load-limit.ts';
import { timeInterval } from '../load-curve/time-interval.ts';
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

/** Why there are none, as a clause. */
function capacityBounds(curve: LoadCurve, objective: Objective): Bounds | string {
  const limit: LoadLimit = curve.objectives.find((one) => isSameObjective(one.objective, objective))
    ?.capacity ?? { kind: 'unknown', reason: 'the capacity was not measured' };
  switch (limit.kind) {
    case 'measured':
      return limit.interval
        ? { value: limit.perSecond, ...limit.interval }
        : 'the capacity has no confidence interval: too few blocks show it';
    case 'at-least':
    case 'less-than':
      return oneSided(limit, curve, objective);
    case 'unknown':
      return limit.reason;
    default:
      return limit satisfies never;
  }
}

/** The bound is a load of the curve: it counts where the response time there differs from the objective for certain. */
function oneSided(
  { kind, perSecond }: Extract<LoadLimit, { kind: 'at-least' | 'less-than' }>,
  curve: LoadCurve,
  objective: Objective,
): Bounds | string {
  const { belowMs } = objective;
  const point = pointsFor(curve, objective.class).find(
    ({ offeredPerSecond }) => offeredPerSecond === perSecond,
  );
  const time = point && timeInterval(point, objective);
  if (kind === 'at-least' && time && time.high < belowMs) {
    return { value: perSecond, low: perSecond, high: Number.POSITIVE_INFINITY };
  }
  if (kind === 'less-than' && time && time.low > belowMs) {
    return { value: perSecond, low: 0, high: perSecond };
  }
  const side = kind === 'at-least' ? 'below' : 'above';
  return `the response time at ${formatNumber(perSecond)} requests/s is not significantly ${side} ${formatNumber(belowMs)} ms; use --rigorous`;
}

/** Wide enough for any two values within their bounds. */
const quotient = (a: Bounds, b: Bounds): Bounds => ({
  value: a.value / b.value,
  low: a.low / b.high,
  high: a.high / b.low,
});
