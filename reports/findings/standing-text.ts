import { formatFactor, percent } from '../../results/format.ts';
import { higherIsBetter } from '../../results/verdicts/metric.ts';
import { type RankedServer, type WorkloadRanking } from '../../results/verdicts/ranking.ts';

/** How a server stands to the leader, in a sign and a few words; why it has no number is told elsewhere. */
export function standingText(
  { servers, metric }: WorkloadRanking,
  { position, toLeader, comparison }: RankedServer,
): string {
  switch (position) {
    case 'best':
      return '● best';
    case 'leading':
      return servers.filter(({ value }) => value).length > 1 && isFirst(servers, metric)
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
function isFirst(servers: readonly RankedServer[], metric: WorkloadRanking['metric']): boolean {
  const sign = higherIsBetter(metric) ? 1 : -1;
  const leader = servers.find(({ position }) => position === 'leading')?.value;
  return servers.every(
    ({ value }) => !value || !leader || sign * value.median <= sign * leader.median,
  );
}

/** By itself the difference would be beyond chance; among the run's comparisons it is not. */
const likely = (comparison: RankedServer['comparison']): string =>
  isLikely(comparison) ? 'likely ' : '';

export const isLikely = (comparison: RankedServer['comparison']): boolean =>
  comparison?.verdict.kind === 'indistinguishable' &&
  comparison.verdict.cause === 'many-comparisons';

function ratioText(ratio: NonNullable<RankedServer['toLeader']>): string {
  const { value, range } = formatFactor(ratio);
  return `${value} (${range})`;
}
