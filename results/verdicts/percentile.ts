/** Of many times, the one that half, 90 %, 95 % or 99 % of them do not exceed. */
export type Percentile = 'p50' | 'p90' | 'p95' | 'p99';

/** Fewer requests of a trial than this tell nothing of how long they take. */
export const fewestRequests = 20;

/**
 * A percentile is carried by the requests beyond it: 3 for p90, 10 for p95, 30 for p99. Few of them cost power, and no
 * truth; yet a median would hide what happens to one request in five. See docs/methodology.md.
 */
const requestsFor = { p90: 30, p95: 200, p99: 3000 };

/** The highest percentile that so many requests of a trial carry. */
export function percentileOf(requests: number): Percentile {
  if (requests >= requestsFor.p99) return 'p99';
  if (requests >= requestsFor.p95) return 'p95';
  return requests >= requestsFor.p90 ? 'p90' : 'p50';
}

/** "median", "p90", "p95", "p99" */
export function percentileInWords(percentile: Percentile): string {
  return percentile === 'p50' ? 'median' : percentile;
}
