import type { Objective } from '../document/run-document.ts';
import { formatNumber, type Range } from '../format.ts';
import { type LoadCurve, pointsFor } from './load-curve.ts';
import type { LoadLimit } from './load-limit.ts';
import { timeInterval } from './time-interval.ts';

/** A capacity with its 95 % CI; an end is 0 or infinite where nothing bounds it. */
export interface CapacityBounds extends Range {
  readonly value: number;
}

export const isSameObjective = (a: Objective, b: Objective): boolean =>
  a.class === b.class && a.percentile === b.percentile && a.belowMs === b.belowMs;

/** What a load curve shows about how much a server handles within an objective. */
export const capacityWithin = (curve: LoadCurve, objective: Objective): LoadLimit =>
  curve.objectives.find((one) => isSameObjective(one.objective, objective))?.capacity ?? {
    kind: 'unknown',
    reason: 'the capacity was not measured',
  };

/** The same as an interval; a clause that says why there is none. */
export function capacityBounds(curve: LoadCurve, objective: Objective): CapacityBounds | string {
  const limit = capacityWithin(curve, objective);
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
): CapacityBounds | string {
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
