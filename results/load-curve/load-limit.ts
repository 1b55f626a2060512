import type { Range } from '../format.ts';
import { type Estimate, halfWidth } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';

/**
 * A load (requests/s) up to which something holds, as far as the loads offered show it: `at-least` where it held at all
 * of them, `less-than` where at none.
 */
export type LoadLimit =
  | MeasuredLimit
  | { readonly kind: 'at-least' | 'less-than'; readonly perSecond: number }
  /** The reason is a clause. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface MeasuredLimit {
  readonly kind: 'measured';
  readonly perSecond: number;
  /** 95 % CI over blocks, or the loads between which the open loops show it; null where there is neither. */
  readonly interval: Range | null;
  /** Of the logarithm; null where there is no CI. */
  readonly error: LogError | null;
  readonly blocks: number;
}

/** The standard error of a logarithm, for intervals and tests by Student's t. */
export type LogError = Omit<Estimate, 'value'>;

/** The 95 % confidence interval of a value whose logarithm has this error. */
export function intervalOf(value: number, error: LogError): Range {
  const reach = halfWidth({ value: 0, ...error }, usualConfidence);
  return { low: value * Math.exp(-reach), high: value * Math.exp(reach) };
}
