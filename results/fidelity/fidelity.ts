import { halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { geometricMeanOf, meanOf } from '../statistics/summary.ts';

/** How alike two servers are, from 0 to 1: by one measure, the smaller value over the larger one. */
export interface Fidelity {
  readonly score: number;
  /** Holds the true one with 95 % confidence; null where fewer than two blocks have both servers. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/**
 * From ln(model/original) of each block: exp(−|mean|). The ends of the mean's Student t-interval give those of the
 * fidelity's; 1 is its upper end where the mean may be 0. Null without blocks.
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
 * The geometric mean: what two servers typically keep of each other's values. Its interval reaches as far as those of
 * its parts do on average: errors of measures that the same trials gave go together, how much nobody knows, and this is
 * wide enough for any correlation. No interval where a part has none. Null without parts.
 */
export function meanFidelity(parts: readonly Fidelity[]): Fidelity | null {
  if (parts.length === 0) return null;
  const score = geometricMeanOf(parts.map((part) => part.score));
  const lows = parts.flatMap(({ interval }) => interval?.low ?? []);
  if (lows.length < parts.length) return { score, interval: null };
  const low = geometricMeanOf(lows);
  return { score, interval: { low, high: Math.min(1, score * (score / low)) } };
}
