import type { Range } from '../format.ts';

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
  /** 95 % CI over blocks; null where every load was offered in one block only. */
  readonly interval: Range | null;
  readonly blocks: number;
}

/** The range that reaches this far to either side on the logarithmic scale. */
export const around = (value: number, reach: number): Range => ({
  low: value * Math.exp(-reach),
  high: value * Math.exp(reach),
});
