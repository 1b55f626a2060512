import type { Distribution } from '../../results/document/run-document.ts';
import type { LoadResult } from '../load/load.ts';

/** One quantity that is known beforehand, and what an instrument read. */
export interface CalibrationRow {
  readonly case: string;
  /** Ours, or another program. */
  readonly instrument: string;
  readonly quantity: string;
  readonly unit: 'ms' | '/s' | 'requests' | 'windows';
  readonly truth: number;
  /** Null when there is none: a quantile among requests that were never answered. */
  readonly reading: number | null;
  /** How far the reading may be from the truth, in the same unit. */
  readonly tolerance: number;
  readonly within: boolean;
}

type Judged = Omit<CalibrationRow, 'within'>;

export function judge(row: Judged): CalibrationRow {
  const within = row.reading !== null && Math.abs(row.reading - row.truth) <= row.tolerance;
  return { ...row, within };
}

/** How far each quantile of times may be off. */
const toleranceOf = {
  p50Ms: (truthMs: number) => Math.max(1, 0.02 * truthMs),
  p95Ms: (truthMs: number) => Math.max(1, 0.03 * truthMs),
  p99Ms: (truthMs: number) => 0.03 * truthMs,
  p999Ms: (truthMs: number) => 0.05 * truthMs,
};

type Quantile = keyof typeof toleranceOf;

const quantileNames: Record<Quantile, string> = {
  p50Ms: 'p50',
  p95Ms: 'p95',
  p99Ms: 'p99',
  p999Ms: 'p99.9',
};

/** One row for each quantile that is known. */
export function judgeTimes(
  base: Pick<CalibrationRow, 'case' | 'instrument'>,
  name: string,
  times: Distribution | null,
  truth: Partial<Record<Quantile, number>>,
): CalibrationRow[] {
  return (Object.keys(truth) as Quantile[]).map((quantile) => {
    const truthMs = truth[quantile] as number;
    return judge({
      ...base,
      quantity: `${name}, ${quantileNames[quantile]}`,
      unit: 'ms',
      truth: truthMs,
      reading: times?.[quantile] ?? null,
      tolerance: toleranceOf[quantile](truthMs),
    });
  });
}

/** How many requests have no outcome: none, whatever happens. */
export function judgeAccounts(
  base: Pick<CalibrationRow, 'case' | 'instrument'>,
  { requests }: LoadResult,
): CalibrationRow {
  const { sent, ok, non2xx, timeouts, errors } = requests;
  const reading = sent - ok - non2xx - timeouts - errors;
  const quantity = 'requests without an outcome';
  return judge({ ...base, quantity, unit: 'requests', truth: 0, reading, tolerance: 0 });
}
