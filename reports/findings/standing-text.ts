import type { Entry, WorkloadRanking } from '../../results/verdicts/contest.ts';
import { higherIsBetter } from '../../results/verdicts/metric.ts';
import { asFactor, percent } from '../../results/verdicts/ratio-in-words.ts';

/** How a server stands to the leader, in a sign and a few words; why it has no number is told elsewhere. */
export function standingText(
  { entries, metric }: WorkloadRanking,
  { standing, toLeader, comparison }: Entry,
): string {
  switch (standing) {
    case 'best':
      return '● best';
    case 'leading':
      return entries.filter(({ value }) => value).length > 1 && isFirst(entries, metric)
        ? `${higherIsBetter(metric) ? 'highest' : 'lowest'} seen`
        : '';
    case 'equal':
      return comparison?.verdict.kind === 'equivalent'
        ? `= within ${percent(comparison.verdict.margin)}`
        : '';
    case 'behind':
      return toLeader ? `▾ ${ratioText(toLeader)}` : '';
    case 'undecided':
      return toLeader ? `? ${likely(comparison)}${ratioText(toLeader)}` : '';
    case 'uncompared':
      return '? not compared';
    default:
      return '';
  }
}

/** The leader may be one that others surpassed in the blocks that they did not lose. */
function isFirst(entries: readonly Entry[], metric: WorkloadRanking['metric']): boolean {
  const sign = higherIsBetter(metric) ? 1 : -1;
  const leader = entries.find(({ standing }) => standing === 'leading')?.value;
  return entries.every(
    ({ value }) => !value || !leader || sign * value.median <= sign * leader.median,
  );
}

/** By itself the difference would be beyond chance; among the run's comparisons it is not. */
const likely = (comparison: Entry['comparison']): string => (isLikely(comparison) ? 'likely ' : '');

export const isLikely = (comparison: Entry['comparison']): boolean =>
  comparison?.verdict.kind === 'indistinguishable' &&
  comparison.verdict.cause === 'many-comparisons';

function ratioText(ratio: NonNullable<Entry['toLeader']>): string {
  const { value, range } = asFactor(ratio);
  return `${value} (${range})`;
}
