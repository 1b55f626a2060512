import { type RankedServer, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { isLikely } from './standing-text.ts';

/** What the signs of `standingText` mean, of those that occur. */
export function standingKey(contests: readonly WorkloadRanking[]): string {
  const has = (position: RankedServer['position']) =>
    contests.some(({ servers }) => servers.some((entry) => entry.position === position));
  const times = contests.some(({ metric }) => metric.kind === 'response-time');
  return [
    has('behind') ? '▾: this server’s value over the best one’s.' : '',
    has('undecided')
      ? '?: this server’s value over the leader’s; too little was shown to claim a difference.'
      : '',
    contests.some(({ servers }) => servers.some(({ comparison }) => isLikely(comparison)))
      ? 'Likely: beyond chance if it were the only comparison, but not among all of this run.'
      : '',
    'Throughput in closed loop.',
    times ? 'Times in open loop, at the same rate for all; lower is better.' : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}
