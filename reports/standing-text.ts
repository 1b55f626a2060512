import { isMoreBetter } from '../results/verdicts/metric.ts';
import type { Contest, Entry } from './contest.ts';
import { formatShare } from './contest-sentences.ts';
import { formatNumber, formatRange } from './numbers.ts';

/** How a server stands to the best, in a sign and a few words; why it has no number is told elsewhere. */
export function standingText(
  { entries, metric }: Contest,
  { standing, toBest, verdict }: Entry,
): string {
  switch (standing) {
    case 'best': {
      const decided = entries.some((one) => one.standing === 'behind' || one.standing === 'equal');
      if (decided) return '● best';
      return entries.some((one) => one.toBest)
        ? `${isMoreBetter(metric) ? 'highest' : 'lowest'} seen`
        : '';
    }
    case 'equal':
      return `= within ± ${formatShare(verdict?.kind === 'equivalent' ? verdict.margin : 0)}`;
    case 'behind':
      return toBest ? `▾ ${ratioText(toBest)}` : '';
    case 'undecided':
      return toBest ? `? ${ratioText(toBest)}` : '';
    case 'uncompared':
      return '? not compared';
    default:
      return '';
  }
}

function ratioText({ ratio, low, high }: NonNullable<Entry['toBest']>): string {
  const range = { low, high };
  return `${formatNumber(ratio, range)} × (${formatRange(ratio, range)})`;
}
