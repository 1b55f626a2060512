import { halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { meanOf } from '../statistics/summary.ts';
import {
  type FittedUsl,
  fewestCounts,
  fitUslOverBlocks,
  type Interval,
  type ThroughputAt,
  uslThroughput,
} from './usl.ts';

/** What the Universal Scalability Law says of a run, as far as the measured numbers of workers show it. */
export type Law =
  | { readonly kind: 'too-few-counts' }
  | {
      readonly kind: 'fitted';
      readonly fit: FittedUsl;
      /** The number of workers at which throughput differs most from the law, if it clearly does; else null. */
      readonly misfit: Misfit | null;
      readonly knee: Knee;
    };

/** `excess`: measured throughput over that of the law, less 1. */
interface Misfit {
  readonly workers: number;
  readonly excess: number;
}

/** The number of workers with the highest throughput by the law, and why it is not named. */
export type Knee =
  | { readonly kind: 'measured'; readonly workers: Interval }
  /** β may be 0: throughput may never fall. */
  | { readonly kind: 'not-shown' }
  | { readonly kind: 'below-range' | 'beyond-range'; readonly workers: Interval }
  | { readonly kind: 'misfit' };

/** A law that is further from a measured throughput does not describe it. */
const tolerance = 0.05;

/** @param blocks two or more, each with the same numbers of workers, the lowest first */
export function lawOf(blocks: readonly (readonly ThroughputAt[])[]): Law {
  const counts = (blocks[0] ?? []).map(({ workers }) => workers);
  if (counts.length < fewestCounts) return { kind: 'too-few-counts' };
  const fit = fitUslOverBlocks(blocks);
  const misfit = misfitOf(blocks, counts, fit);
  return { kind: 'fitted', fit, misfit, knee: kneeOf(fit, misfit, counts) };
}

function kneeOf({ peak }: FittedUsl, misfit: Misfit | null, counts: readonly number[]): Knee {
  if (misfit) return { kind: 'misfit' };
  if (!peak) return { kind: 'not-shown' };
  if (peak.value < (counts[0] ?? 1)) return { kind: 'below-range', workers: peak };
  const isMeasured = peak.value <= (counts.at(-1) ?? 0);
  return { kind: isMeasured ? 'measured' : 'beyond-range', workers: peak };
}

/** The largest difference beyond the tolerance whose interval excludes 0, for all numbers of workers together. */
function misfitOf(
  blocks: readonly (readonly ThroughputAt[])[],
  counts: readonly number[],
  { coefficients }: FittedUsl,
): Misfit | null {
  // A block that is faster or slower as a whole says nothing about the shape.
  const errors = blocks.map((points) => {
    const logs = points.map(({ workers, perSecond }) =>
      Math.log(perSecond / uslThroughput(coefficients, workers)),
    );
    return logs.map((one) => one - meanOf(logs));
  });
  const confidence = 1 - (1 - usualConfidence) / counts.length;
  const clear = counts.flatMap((workers, index): Misfit[] => {
    const estimate = meanEstimate(errors.map((block) => block[index] ?? Number.NaN));
    const distance = Math.abs(estimate.value);
    const isClear = distance > halfWidth(estimate, confidence) && distance > Math.log1p(tolerance);
    return isClear ? [{ workers, excess: Math.expm1(estimate.value) }] : [];
  });
  const sorted = clear.toSorted((a, b) => Math.abs(b.excess) - Math.abs(a.excess));
  return sorted[0] ?? null;
}
