import type { Distribution } from '../../results/document/run-document.ts';
import type { LoadResult } from '../load/load.ts';

/** A quantity whose value is known beforehand, and what a load generator measured. */
export interface Check {
  /** One of our loops, or another program. */
  readonly generator: string;
  readonly quantity: string;
  readonly unit: 'ms' | 'req/s' | 'count';
  readonly expected: number;
  /** Null when there is no value: a quantile among requests that were never answered. */
  readonly measured: number | null;
  /** How far the measured value may be from the expected one, in the same unit. */
  readonly tolerance: number;
}

export function isWithin({ expected, measured, tolerance }: Check): boolean {
  return measured !== null && Math.abs(measured - expected) <= tolerance;
}

const quantiles = {
  p50Ms: { name: 'p50', toleranceMs: (expectedMs: number) => Math.max(1, 0.02 * expectedMs) },
  p95Ms: { name: 'p95', toleranceMs: (expectedMs: number) => Math.max(1, 0.03 * expectedMs) },
  p99Ms: { name: 'p99', toleranceMs: (expectedMs: number) => 0.03 * expectedMs },
  p999Ms: { name: 'p99.9', toleranceMs: (expectedMs: number) => 0.05 * expectedMs },
};

type Quantile = keyof typeof quantiles;

/** The expected value of each quantile that is known. */
export type KnownTimes = Partial<Record<Quantile, number>>;

const isQuantile = (key: string): key is Quantile => key in quantiles;

/** One check for each known quantile of a kind of times, such as `response time`. */
export function checkTimes(
  generator: string,
  kind: string,
  times: Distribution | null,
  known: KnownTimes,
): Check[] {
  return Object.entries(known).flatMap(([key, expected]) => {
    if (!isQuantile(key)) return [];
    const { name, toleranceMs } = quantiles[key];
    const measured = times?.[key] ?? null;
    const tolerance = toleranceMs(expected);
    return { generator, quantity: `${kind}, ${name}`, unit: 'ms', expected, measured, tolerance };
  });
}

/** A count, which must be exact. */
export function checkCount(
  generator: string,
  quantity: string,
  expected: number,
  measured: number,
): Check {
  return { generator, quantity, unit: 'count', expected, measured, tolerance: 0 };
}

/** No request may be left without an outcome. */
export function checkOutcomes(generator: string, { requests }: LoadResult): Check {
  const { sent, ok, non2xx, timeouts, errors } = requests;
  const unaccounted = sent - ok - non2xx - timeouts - errors;
  return checkCount(generator, 'unaccounted requests', 0, unaccounted);
}
