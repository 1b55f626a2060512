import type { CellChange } from '../../results/comparison/change.ts';
import { formatPercentMore, percent } from '../../results/format.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import { metricInWords } from '../../results/verdicts/metric.ts';

/** What became of one server under one workload, as a clause: "throughput fell by 7 % (5–9 %)". */
export function changeSentence({ metric, change }: CellChange, threshold: number): string {
  const what = metricInWords(metric);
  switch (change.kind) {
    case 'worse':
    case 'better':
      return `${what} ${change.ratio < 1 ? 'fell' : 'rose'} by ${distance(change)}`;
    case 'unchanged':
      return `${what} is unchanged: it moved by less than ${percent(threshold)}`;
    case 'unclear':
      return `${what} may have moved by anything from ${signed(change.low)} to ${signed(change.high)}: more blocks would tell`;
    case 'broken':
      return `${what} was lost: ${change.reason}`;
    case 'not-compared':
      return `${what} was not compared: ${change.reason}`;
    default:
      return change satisfies never;
  }
}

/** "7 % (5–9 %)", whichever way. */
function distance({ ratio, low, high }: RatioInterval): string {
  const away =
    ratio > 1 ? { ratio, low, high } : { ratio: 2 - ratio, low: 2 - high, high: 2 - low };
  const { value, range } = formatPercentMore(away);
  return `${value} (${range})`;
}

/** "+3.2 %", "−8 %" */
function signed(ratio: number): string {
  return `${ratio < 1 ? '−' : '+'}${percent(Math.abs(ratio - 1))}`;
}
