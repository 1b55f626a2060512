import { expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { caveatsOf } from './caveats.ts';

const voided = { code: 'x', severity: 'void', message: 'it was odd', advice: '' } as const;

/** Six blocks, of which some are void for the second server, and one more than those for the third. */
function caveats(voidBlocks: number): string {
  const trials = ['pool', 'prefork', 'event-loop'].flatMap((server, index) =>
    Array.from({ length: 6 }, (_, block) => {
      const warnings = index > 0 && block < voidBlocks + index - 1 ? [voided] : [];
      const throughputPerSecond = 1000 / (index + 1) + block;
      return sampleTrial({ block, server, warnings }, [sampleClosedLoop({ throughputPerSecond })]);
    }),
  );
  const document = sampleDocument({ servers: ['pool', 'prefork', 'event-loop'] }, trials);
  return caveatsOf(document, rankWorkloads(document)).join(' ');
}

test('says of a server that ran already that its starts were not sampled', () => {
  const trials = ['pool', 'mine'].map((server) => sampleTrial({ server }, [sampleClosedLoop()]));
  const document = sampleDocument({ servers: ['pool', 'mine'] }, trials);
  expect(caveatsOf(document, []).join(' ')).not.toContain('ran already');
  const servers = document.plan.servers.map((server) =>
    server.name === 'mine' ? { ...server, attached: true as const } : server,
  );
  expect(caveatsOf({ ...document, plan: { ...document.plan, servers } }, []).join(' ')).toContain(
    'mine ran already and was not started afresh for each trial',
  );
});

test('says on how many blocks ratios rest, not how many were run', () => {
  expect(caveats(2)).toContain('Ratios are means over 3 to 4 blocks with');
  expect(caveats(0)).toContain('Ratios are means over 5 to 6 blocks with');
});
