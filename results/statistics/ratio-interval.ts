import type { LogEffect } from './log-effect.ts';
import { studentTQuantile } from './student-t.ts';

/** A ratio and the interval that holds the true one with the confidence asked for. */
export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export const usualConfidence = 0.95;

/** Student's t-interval for ln(A/B), exponentiated. */
export function ratioInterval(effect: LogEffect, confidence = usualConfidence): RatioInterval {
  const halfWidth = logHalfWidth(effect, confidence);
  return {
    ratio: Math.exp(effect.logRatio),
    low: Math.exp(effect.logRatio - halfWidth),
    high: Math.exp(effect.logRatio + halfWidth),
  };
}

/** How far the interval reaches to either side on the logarithmic scale; 0.03 is about ± 3 %. */
export function logHalfWidth(effect: LogEffect, confidence = usualConfidence): number {
  return studentTQuantile((1 + confidence) / 2, effect.degreesOfFreedom) * effect.standardError;
}
