import type { Distribution } from '../../results/document/run-document.ts';
import { meanOf } from '../../results/statistics/summary.ts';
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

const quantiles = [
  { key: 'p50Ms', name: 'p50', share: 0.02, leastMs: 1 },
  { key: 'p95Ms', name: 'p95', share: 0.03, leastMs: 1 },
  { key: 'p99Ms', name: 'p99', share: 0.03, leastMs: 0 },
  { key: 'p999Ms', name: 'p99.9', share: 0.05, leastMs: 0 },
] as const;

/** The expected value of each quantile that is known. */
export type KnownTimes = Partial<Record<(typeof quantiles)[number]['key'], number>>;

/**
 * One check for each known quantile of a kind of times, such as `response time`.
 * @param network in ms, for each request
 */
export function checkTimes(
  generator: string,
  kind: string,
  times: Distribution | null,
  known: KnownTimes,
  network = 0,
): Check[] {
  return quantiles.flatMap(({ key, name, share, leastMs }) => {
    const { [key]: alone } = known;
    if (alone === undefined) return [];
    const expected = alone + network;
    const measured = times?.[key] ?? null;
    const tolerance = Math.max(leastMs, share * expected);
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

/** What the network adds to every time, by the load workers' own measurement; 0 without load workers. */
export function networkMs({ loadWorkers = [] }: LoadResult): number {
  if (loadWorkers.length === 0) return 0;
  return meanOf(loadWorkers.map(({ serverRoundTripMs }) => serverRoundTripMs));
}

/** No request may be left without an outcome. */
export function checkOutcomes(generator: string, { requests }: LoadResult): Check {
  const { sent, ok, non2xx, timeouts, errors } = requests;
  const unaccounted = sent - ok - non2xx - timeouts - errors;
  return checkCount(generator, 'unaccounted requests', 0, unaccounted);
}
