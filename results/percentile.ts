import type { Distribution } from './document/run-document.ts';

/** The value that half, 90 %, 95 %, 99 % or 99.9 % of many times do not exceed. */
export type Percentile = 'p50' | 'p90' | 'p95' | 'p99' | 'p999';

/** Percentiles as a person writes them. */
export const percentilesAsTyped: Readonly<Record<string, Percentile>> = {
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  'p99.9': 'p999',
};

export const percentileAsTyped = (percentile: Percentile): string =>
  percentile === 'p999' ? 'p99.9' : percentile;

/** A trial that sent fewer requests than this has no percentile at all. */
export const fewestRequests = 20;

/**
 * Requests that a trial needs for a percentile, so that 3 lie beyond p90, 10 beyond p95, and 30 beyond p99 and p99.9.
 * Fewer requests give wider intervals, not wrong ones; but a median would hide what one request in five meets. See
 * docs/methodology.md.
 */
export const requestsFor: Readonly<Record<Percentile, number>> = {
  p50: fewestRequests,
  p90: 30,
  p95: 200,
  p99: 3000,
  p999: 30_000,
};

const shares: Readonly<Record<Percentile, number>> = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  p999: 0.999,
};

/** A load shows a percentile if so many of its requests lie beyond it, all blocks together. */
const fewestBeyond = 5;

/** Whether the requests of all blocks at one load show a percentile. */
export const isShownByLoad = (requests: number, percentile: Percentile): boolean =>
  requests * (1 - shares[percentile]) >= fewestBeyond - 1e-9;

const supportsPercentile = (requests: number, percentile: Percentile): boolean =>
  requests >= requestsFor[percentile];

/**
 * A percentile of the times of one trial as verdicts, tables, charts and exports may show it: undefined where the trial
 * has too few requests, null where it falls among requests that were never answered.
 */
export const shownPercentile = (
  times: Distribution,
  percentile: Percentile,
): number | null | undefined =>
  supportsPercentile(times.count, percentile) ? times[`${percentile}Ms`] : undefined;

/** The highest percentile, up to p99, that so many requests of one trial support; the median where none is. */
export const highestPercentile = (requests: number): Exclude<Percentile, 'p999'> =>
  (['p99', 'p95', 'p90'] as const).find((one) => supportsPercentile(requests, one)) ?? 'p50';
