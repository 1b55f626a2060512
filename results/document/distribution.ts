import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { type Counts, decodeCounts } from './encoded-histogram.ts';
import type { Distribution } from './run-document.ts';

const microsPerMs = 1000;
const bounds = {
  bitBucketSize: 64,
  lowestDiscernibleValue: 1,
  highestTrackableValue: 3_600_000_000,
  numberOfSignificantValueDigits: 3,
  autoResize: true,
} as const;

/** A distribution without its histogram. */
export type TimeSummary = Omit<Distribution, 'histogram'>;

/** Collects times in a HdrHistogram of µs (three significant digits) and summarises them. */
export class TimeRecorder {
  readonly #histogram = build(bounds);
  #unanswered = 0;

  record(ms: number): void {
    this.#histogram.recordValue(Math.max(1, Math.round(ms * microsPerMs)));
  }

  /** Counts a request that was never answered: it ranks above all answered ones. */
  recordUnanswered(): void {
    this.#unanswered += 1;
  }

  /** Adds a distribution. */
  add(distribution: Distribution): void {
    this.#unanswered += distribution.count;
    const counts = countsOf(distribution);
    for (let index = 0; index < counts.length; index += 2) {
      const [value = 0, count = 0] = [counts[index], counts[index + 1]];
      this.#histogram.recordValueWithCount(value, count);
      this.#unanswered -= count;
    }
  }

  /** The requests, answered or not. */
  get count(): number {
    return this.#histogram.totalCount + this.#unanswered;
  }

  /** The time that this share of the requests did not exceed; null where it falls among those never answered. */
  quantileMs(share: number): number | null {
    const answered = this.#histogram.totalCount;
    const rank = Math.ceil(share * this.count);
    if (rank > answered || answered === 0) return null;
    return this.#histogram.getValueAtPercentile((100 * rank) / answered) / microsPerMs;
  }

  summarise(): Distribution {
    const histogram = this.#histogram;
    const hasMean = this.#unanswered === 0 && histogram.totalCount > 0;
    return {
      ...this.summary(hasMean ? histogram.mean / microsPerMs : null),
      histogram: encodeIntoCompressedBase64(histogram),
    };
  }

  /** The summary alone, with a mean that is known: to compute it, or to encode the histogram, takes long. */
  summary(meanMs: number | null): TimeSummary {
    const histogram = this.#histogram;
    const answered = histogram.totalCount;
    return {
      count: this.count,
      meanMs,
      minMs: answered > 0 ? histogram.minNonZeroValue / microsPerMs : null,
      p50Ms: this.quantileMs(0.5),
      p90Ms: this.quantileMs(0.9),
      p95Ms: this.quantileMs(0.95),
      p99Ms: this.quantileMs(0.99),
      p999Ms: this.quantileMs(0.999),
      maxMs: this.quantileMs(1),
    };
  }
}

/** One distribution of all requests, as if they had been recorded together. */
export const mergeDistributions = (distributions: readonly Distribution[]): Distribution =>
  recorderOf(distributions).summarise();

/** The summary of all requests, as if they had been recorded together; null for no distributions. */
export function pooledSummary(distributions: readonly Distribution[]): TimeSummary | null {
  const [only, second] = distributions;
  return second ? recorderOf(distributions).summary(pooledMeanMs(distributions)) : (only ?? null);
}

/** Null where requests were never answered, and of no requests. */
function pooledMeanMs(distributions: readonly Distribution[]): number | null {
  let [sum, requests] = [0, 0];
  for (const { count, meanMs } of distributions.filter((one) => one.count > 0)) {
    if (meanMs === null) return null;
    sum += count * meanMs;
    requests += count;
  }
  return requests > 0 ? sum / requests : null;
}

/** All requests, as if they had been recorded together. */
export function recorderOf(distributions: readonly Distribution[]): TimeRecorder {
  const merged = new TimeRecorder();
  for (const distribution of distributions) merged.add(distribution);
  return merged;
}

const decoded = new WeakMap<Distribution, Counts>();

/** Decoded once: a report needs most distributions several times, and decoding takes most of its time. */
function countsOf(distribution: Distribution): Counts {
  const counts = decoded.get(distribution) ?? decodeCounts(distribution.histogram);
  decoded.set(distribution, counts);
  return counts;
}

/** Whether a distribution's histogram can be decoded. */
export function isReadable(distribution: Distribution): boolean {
  try {
    countsOf(distribution);
    return true;
  } catch {
    return false;
  }
}
