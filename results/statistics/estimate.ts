import { studentTQuantile, studentTUpperTail } from './student-t.ts';
import { meanOf, summarise, sumOf } from './summary.ts';

/** An estimate from a sample with its standard error, for intervals and tests by Student's t. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** The probability of a value at least this far from 0, in either direction, if the true value were 0. */
export function differencePValue({ value, standardError, degreesOfFreedom }: Estimate): number {
  return 2 * studentTUpperTail(inErrors(Math.abs(value), standardError), degreesOfFreedom);
}

/** Half the width of the confidence interval. */
export function halfWidth(
  { standardError, degreesOfFreedom }: Estimate,
  confidence: number,
): number {
  return studentTQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
}

/**
 * A distance in standard errors. Values that agree to the last digit have no standard error: then any distance but 0 is
 * infinitely large.
 */
export function inErrors(distance: number, standardError: number): number {
  return distance === 0 ? 0 : distance / standardError;
}

/** The mean of a sample of two or more. */
export function meanEstimate(values: readonly number[]): Estimate {
  const { count, mean, standardDeviation } = summarise(values);
  return {
    value: mean,
    standardError: standardDeviation / Math.sqrt(count),
    degreesOfFreedom: count - 1,
  };
}

/** The difference between the means of two samples of two or more with unequal variances. */
export const meanDifference = (as: readonly number[], bs: readonly number[]): Estimate =>
  differenceOf(meanEstimate(as), meanEstimate(bs));

/**
 * The difference between two independent estimates: B. L. Welch, "The generalization of 'Student's' problem when several
 * different population variances are involved", 1947.
 */
export function differenceOf(a: Estimate, b: Estimate): Estimate {
  const variance = a.standardError ** 2 + b.standardError ** 2;
  const inverseFreedom = sumOf(
    [a, b].map(
      ({ standardError, degreesOfFreedom }) =>
        (standardError ** 2 / variance) ** 2 / degreesOfFreedom,
    ),
  );
  return {
    value: a.value - b.value,
    standardError: Math.sqrt(variance),
    degreesOfFreedom: variance > 0 ? 1 / inverseFreedom : a.degreesOfFreedom + b.degreesOfFreedom,
  };
}

/** The slope per step of a least-squares line through three or more equally spaced values. */
export function linearTrend(values: readonly number[]): Estimate {
  const centre = (values.length - 1) / 2;
  const mean = meanOf(values);
  const squares = sumOf(values.map((_, index) => (index - centre) ** 2));
  const slope = sumOf(values.map((value, index) => (index - centre) * (value - mean))) / squares;
  const residuals = values.map((value, index) => value - mean - slope * (index - centre));
  const degreesOfFreedom = values.length - 2;
  const residualVariance = sumOf(residuals.map((residual) => residual ** 2)) / degreesOfFreedom;
  return { value: slope, standardError: Math.sqrt(residualVariance / squares), degreesOfFreedom };
}
