import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { Distribution } from './run-document.ts';

/** The share of requests, in percent, that were answered within so many ms. */
export interface CurvePoint {
  readonly percentile: number;
  readonly ms: number;
}

const microsPerMs = 1000;
const stepsPerDecade = 10;

/**
 * A distribution as a curve on HdrHistogram's axis, on which each further nine has the same width: points at equal
 * steps of −log10(1 − p) from the median on, and at the `named` percentiles. The curve ends where less than one request
 * is left, or where the remaining requests were never answered.
 */
export function percentileCurve(
  { count, histogram }: Pick<Distribution, 'count' | 'histogram'>,
  named: readonly number[] = [],
): CurvePoint[] {
  const recorded = decodeFromCompressedBase64(histogram);
  const answered = recorded.totalCount;
  if (answered === 0) return [];
  const decades = Math.log10(Math.max(count, 2));
  const steps = Math.ceil((decades - Math.log10(2)) * stepsPerDecade);
  const equal = Array.from(
    { length: Math.max(steps, 0) },
    (_, step) => 100 * (1 - 0.5 * 10 ** (-step / stepsPerDecade)),
  );
  const percentiles = [...new Set([...equal, ...named])].sort((a, b) => a - b);
  return percentiles
    .map((percentile) => ({ percentile, rank: Math.ceil((percentile / 100) * count) }))
    .filter(
      ({ percentile, rank }) => rank <= answered && (1 - percentile / 100) * count >= 1 - 1e-9,
    )
    .map(({ percentile, rank }) => ({
      percentile,
      ms: recorded.getValueAtPercentile((100 * rank) / answered) / microsPerMs,
    }));
}
