import type { TimeRecorder } from './distribution.ts';

/** The share of requests, in percent, that were answered within so many ms. */
export interface CurvePoint {
  readonly percentile: number;
  readonly ms: number;
}

const stepsPerDecade = 10;

/**
 * Recorded times as a curve on HdrHistogram's axis, on which each further nine has the same width: points at equal
 * steps of −log10(1 − p) from the median on, and at the `named` percentiles. The curve ends where less than one request
 * is left, or where the remaining requests were never answered.
 */
export function percentileCurve(times: TimeRecorder, named: readonly number[] = []): CurvePoint[] {
  const { count } = times;
  const decades = Math.log10(Math.max(count, 2));
  const steps = Math.ceil((decades - Math.log10(2)) * stepsPerDecade);
  const equal = Array.from(
    { length: Math.max(steps, 0) },
    (_, step) => 100 * (1 - 0.5 * 10 ** (-step / stepsPerDecade)),
  );
  const percentiles = [...new Set([...equal, ...named])].sort((a, b) => a - b);
  return percentiles
    .filter((percentile) => (1 - percentile / 100) * count >= 1 - 1e-9)
    .flatMap((percentile) => {
      const ms = times.quantileMs(percentile / 100);
      return ms === null ? [] : [{ percentile, ms }];
    });
}
