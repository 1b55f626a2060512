import type { PlannedServer, PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { pairedByBlock, usualConfidence } from '../statistics/log-ratio.ts';
import { type ByBlock, geometricMeanOf, meanOf } from '../statistics/summary.ts';
import type { ModelAndReference } from './pairs.ts';

/** How similar two servers are, from 0 to 1: by one measure, the smaller value over the larger one. */
export interface Fidelity {
  readonly score: number;
  /** The 95 % confidence interval; null where fewer than two blocks have both servers. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/**
 * The fidelity, exp(−|mean|), from ln(model/reference) of each block. The ends of the Student t-interval of the mean
 * give the interval of the fidelity, whose upper end is 1 where the mean may be 0. Null without blocks.
 */
export function fidelityFrom(logRatios: readonly number[]): Fidelity | null {
  if (logRatios.length === 0) return null;
  const distance = Math.abs(meanOf(logRatios));
  if (logRatios.length < 2) return { score: Math.exp(-distance), interval: null };
  const reach = halfWidth(meanEstimate(logRatios), usualConfidence);
  return {
    score: Math.exp(-distance),
    interval: {
      low: Math.exp(-distance - reach),
      high: Math.exp(-Math.max(0, distance - reach)),
    },
  };
}

/**
 * The geometric mean of several fidelities. Its interval reaches as far as their intervals on average: the errors of
 * measures from the same trials are correlated to an unknown degree, and this is wide enough for any correlation. No
 * interval where a part has none. Null without parts.
 */
export function meanFidelity(parts: readonly Fidelity[]): Fidelity | null {
  if (parts.length === 0) return null;
  const score = geometricMeanOf(parts.map((part) => part.score));
  const lows = parts.flatMap(({ interval }) => interval?.low ?? []);
  if (lows.length < parts.length) return { score, interval: null };
  const low = geometricMeanOf(lows);
  return { score, interval: { low, high: Math.min(1, score * (score / low)) } };
}

/** A model and its reference under one workload of a run. */
export interface Match extends ModelAndReference<PlannedServer> {
  readonly document: RunDocument;
  readonly workload: PlannedWorkload;
}

/** A model compared with its reference by one measure. */
export interface Component {
  readonly kind: 'throughput' | 'interference' | 'tail';
  /** The quantity that is compared: "p95 over median response time". */
  readonly quantity: string;
  /** The typical value of each; null where there is none. */
  readonly model: number | null;
  readonly reference: number | null;
  /** Blocks in which both have a value. */
  readonly blocks: number;
  /** Null where model and reference could not be compared; `missing` then says why. */
  readonly fidelity: Fidelity | null;
  readonly missing: string | null;
}

/** A quantity above 0 of both servers under one condition. */
export type Condition = ModelAndReference<ByBlock>;

/**
 * Compares a quantity under several conditions, each of which counts the same: a lead under one does not make up for a
 * lag under another.
 */
export function componentOver(
  about: Pick<Component, 'kind' | 'quantity'>,
  conditions: readonly Condition[],
  whyNone = 'no block has both',
): Component {
  const pairs = conditions.map(({ model, reference }) => pairedByBlock(model, reference));
  const fidelity = meanFidelity(
    pairs.flatMap((blocks) => fidelityFrom(blocks.map(({ a, b }) => Math.log(a / b))) ?? []),
  );
  if (!fidelity) return missing(about, whyNone);
  const all = pairs.flat();
  return {
    ...about,
    model: geometricMeanOf(all.map(({ a }) => a)),
    reference: geometricMeanOf(all.map(({ b }) => b)),
    blocks: Math.max(...pairs.map((blocks) => blocks.length)),
    fidelity,
    missing: null,
  };
}

export const missing = (
  { kind, quantity }: Pick<Component, 'kind' | 'quantity'>,
  reason: string,
): Component => ({
  kind,
  quantity,
  model: null,
  reference: null,
  blocks: 0,
  fidelity: null,
  missing: reason,
});
