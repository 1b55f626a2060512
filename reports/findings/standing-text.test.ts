import { describe, expect, test } from '@jest/globals';
import {
  type RankedServer,
  rankWorkloads,
  type WorkloadRanking,
} from '../../results/verdicts/ranking.ts';
import type { Indistinguishable } from '../../results/verdicts/verdict.ts';
import { golden } from '../../test/golden/documents.ts';
import { standingKey } from './standing-key.ts';
import { standingText } from './standing-text.ts';

/** A contest whose last server is undecided for this reason, at 0.07 times the leader's value. */
function undecided(cause: Indistinguishable['cause']): {
  contest: WorkloadRanking;
  entry: RankedServer;
} {
  const [first] = rankWorkloads(golden('full'));
  const last = first?.servers.at(-1);
  if (!first || !last) throw new Error('the golden run has no contest');
  const toLeader = { ratio: 0.07, low: 0.04, high: 0.14 };
  const floor = { share: 0, source: 'plan' } as const;
  const kind = 'indistinguishable';
  const verdict = { kind, ...toLeader, blocks: 2, cause, floor, blocksNeeded: 3 } as const;
  const asked = { workload: 'io', metric: first.metric, first: 'pool', second: 'prefork' };
  const entry: RankedServer = {
    ...last,
    position: 'undecided',
    toLeader,
    comparison: { ...asked, verdict },
  };
  return { contest: { ...first, servers: [...first.servers.slice(0, -1), entry] }, entry };
}

describe('a server that could not be told from the leader', () => {
  test('is likely apart where only the number of comparisons speaks against it', () => {
    const { contest, entry } = undecided('many-comparisons');
    expect(standingText(contest, entry)).toBe('? likely 0.070× (0.040–0.140)');
  });

  test.each(['noise', 'below-floor'] as const)('is not where the reason is %s', (cause) => {
    const { contest, entry } = undecided(cause);
    expect(standingText(contest, entry)).toBe('? 0.070× (0.040–0.140)');
  });

  test('has its sign explained under the matrix, and "likely" where it occurs', () => {
    const key = (cause: Indistinguishable['cause']) => standingKey([undecided(cause).contest]);
    expect(key('noise')).toContain('too little was shown to claim a difference');
    expect(key('noise')).not.toContain('Likely:');
    expect(key('many-comparisons')).toContain('Likely: beyond chance if it were the only');
  });
});
