import { describe, expect, test } from '@jest/globals';
import {
  type RankedServer,
  rankWorkloads,
  type WorkloadRanking,
} from '../../results/verdicts/ranking.ts';
import type { Indistinguishable } from '../../results/verdicts/verdict.ts';
import { golden } from '../../test/golden/documents.ts';
import { positionText, spreadText } from './cell-text.ts';

/** A ranking whose last server is undecided for this reason, at 0.07 times the leader's value. */
function undecided(cause: Indistinguishable['cause']): {
  ranking: WorkloadRanking;
  entry: RankedServer;
} {
  const [first] = rankWorkloads(golden('full'));
  const last = first?.servers.at(-1);
  if (!first || !last) throw new Error('the golden run has no ranking');
  const toLeader = { ratio: 0.07, low: 0.04, high: 0.14 };
  const floor = { share: 0, source: 'plan' } as const;
  const kind = 'indistinguishable';
  const verdict = { kind, ...toLeader, blocks: 2, cause, floor, blocksNeeded: 3 } as const;
  const compared = { workload: 'io', metric: first.metric, first: 'pool', second: 'prefork' };
  const entry: RankedServer = {
    ...last,
    position: 'undecided',
    toLeader,
    comparison: { ...compared, verdict },
  };
  return { ranking: { ...first, servers: [...first.servers.slice(0, -1), entry] }, entry };
}

describe('a server without a significant difference from the leader', () => {
  test('is probably different where only the correction for many comparisons is against it', () => {
    const { ranking, entry } = undecided('many-comparisons');
    expect(positionText(ranking, entry)).toBe('? probably 0.070× (0.040–0.140)');
  });

  test.each(['noise', 'below-floor'] as const)(
    'is not significant where the reason is %s',
    (cause) => {
      const { ranking, entry } = undecided(cause);
      expect(positionText(ranking, entry)).toBe('? not significant (0.040–0.140×)');
    },
  );
});

test('servers that are equivalent to the leader are tied with it', () => {
  const [io] = rankWorkloads(golden('full'));
  const texts = io?.servers.map((entry) => positionText(io, entry));
  expect(texts?.filter((text) => text.startsWith('● tied for first'))).toHaveLength(2);
  expect(texts?.join(' ')).not.toContain('fastest');
});

test('a spread has its range only where several blocks give one', () => {
  const one = { median: 5, low: 5, high: 5, blocks: 1 };
  const three = { median: 1214, low: 1205, high: 1222, blocks: 3 };
  const same = { median: 97, low: 97, high: 97, blocks: 3 };
  expect([null, one, three, same].map(spreadText)).toEqual([
    '–',
    '5',
    '1,214 (1,205–1,222)',
    '97.0',
  ]);
});
