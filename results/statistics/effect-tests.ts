import type { LogEffect } from './log-effect.ts';
import { studentTUpperTail } from './student-t.ts';

/** The chance of an effect at least this far from none, in either direction, if there were none. */
export function differencePValue({ logRatio, standardError, degreesOfFreedom }: LogEffect): number {
  return 2 * studentTUpperTail(inErrors(Math.abs(logRatio), standardError), degreesOfFreedom);
}

/**
 * The larger p of two one-sided tests that the ratio lies within 1/(1 + margin) … 1 + margin (D. J. Schuirmann, "A
 * comparison of the two one-sided tests procedure and the power approach", 1987).
 * Small means: shown to be no further apart than the margin.
 */
export function equivalencePValue(effect: LogEffect, margin: number): number {
  const room = Math.log1p(margin) - Math.abs(effect.logRatio);
  return studentTUpperTail(inErrors(room, effect.standardError), effect.degreesOfFreedom);
}

/** Values that agree to the last digit have no standard error: then any distance but 0 is infinitely far. */
function inErrors(distance: number, standardError: number): number {
  return distance === 0 ? 0 : distance / standardError;
}
