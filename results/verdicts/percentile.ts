/** Of many times, the one that half, 95 % or 99 % of them do not exceed. */
export type Percentile = 'p50' | 'p95' | 'p99';

/** Fewer requests of a trial than this tell nothing of how long they take. */
export const fewestRequests = 20;

/** A percentile is carried by the requests beyond it: 10 for p95, 30 for p99. */
const requestsFor = { p95: 200, p99: 3000 };

/** The highest percentile that so many requests of a trial carry. */
export function percentileOf(requests: number): Percentile {
  if (requests >= requestsFor.p99) return 'p99';
  return requests >= requestsFor.p95 ? 'p95' : 'p50';
}

/** "median", "p95", "p99" */
export function percentileInWords(percentile: Percentile): string {
  return percentile === 'p50' ? 'median' : percentile;
}
