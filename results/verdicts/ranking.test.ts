import { describe, expect, test } from '@jest/globals';
import { positionText } from '../../reports/findings/cell-text.ts';
import { golden } from '../../test/golden/documents.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import type { Trial } from '../document/run-document.ts';
import { rankWorkloads } from './ranking.ts';

function rankingOf(run: 'full' | 'troubled' | 'single', workload: string) {
  const found = rankWorkloads(golden(run)).find((one) => one.workload.name === workload);
  if (!found) throw new Error(`the ${run} run has no ${workload}`);
  return found;
}

const positionsOf = (run: 'full' | 'troubled' | 'single', workload: string) =>
  rankingOf(run, workload).servers.map(({ server, position }) => [server.name, position]);

describe('a ranking', () => {
  test('has a best server only where a verdict on another says so', () => {
    expect(positionsOf('full', 'cpu')).toEqual([
      ['event-loop', 'behind'],
      ['prefork', 'equal'],
      ['pool', 'best'],
    ]);
    expect(positionsOf('troubled', 'cpu')).toEqual([
      ['event-loop', 'uncompared'],
      ['prefork', 'leading'],
      ['pool', 'unmeasured'],
    ]);
    expect(positionsOf('single', 'cpu')).toEqual([['pool', 'leading']]);
  });

  test('is by throughput, or with several classes by the response time of the first', () => {
    expect(rankingOf('full', 'io').metric).toEqual({ kind: 'throughput' });
    expect(rankingOf('full', 'mixed').metric).toMatchObject({
      kind: 'response-time',
      className: 'light',
    });
  });

  test('gives ratios of values: less throughput is below 1, a longer time above', () => {
    expect(rankingOf('full', 'cpu').servers[0]?.toLeader?.ratio).toBeCloseTo(0.52, 2);
    expect(rankingOf('full', 'mixed').servers[1]?.toLeader?.ratio).toBeCloseTo(1.59, 2);
  });

  test('leaves out trials that must not be used, and controls', () => {
    const [loop] = rankingOf('troubled', 'cpu').servers;
    expect(loop?.trials).toHaveLength(2);
    expect(loop?.value?.blocks).toBe(1);
    expect(rankingOf('full', 'cpu').servers.map(({ trials }) => trials.length)).toEqual([4, 4, 4]);
  });
});

test('a server that only leads is not called the best', () => {
  const troubled = rankingOf('troubled', 'cpu');
  expect(troubled.servers.map((entry) => positionText(troubled, entry))).toEqual([
    '? not compared',
    'highest (not significant)',
    '',
  ]);
});

test('a server that leads because another has failed blocks is not called the highest', () => {
  const trials = (server: string, throughputPerSecond: number) =>
    Array.from({ length: 6 }, (_, block) =>
      sampleTrial({ block, server }, [sampleClosedLoop({ throughputPerSecond })]),
    );
  const [crashed, ...survived] = trials('pool', 1200);
  const failed = { ...crashed, status: 'failed', reason: 'it exited with code 1' } as Trial;
  const [lossy] = rankWorkloads(
    sampleDocument({}, [failed, ...survived, ...trials('prefork', 600)]),
  );
  expect(lossy?.servers.map(({ position }) => position)).toEqual(['uncompared', 'leading']);
  expect(lossy?.servers.map((entry) => positionText(lossy, entry))).toEqual(['? not compared', '']);
});

test('a server that left the rotation leads or follows by the blocks that it shares with another', () => {
  // The machine is half as fast from the fourth block on, which only two servers see.
  const trials = (server: string, perSecond: number, blocks: number) =>
    Array.from({ length: blocks }, (_, block) =>
      sampleTrial({ block, server }, [
        sampleClosedLoop({ throughputPerSecond: (perSecond + block) / (block < 3 ? 1 : 2) }),
      ]),
    );
  const [ranking] = rankWorkloads(
    sampleDocument({ servers: ['event-loop', 'pool', 'prefork'] }, [
      ...trials('event-loop', 1000, 3),
      ...trials('pool', 1200, 8),
      ...trials('prefork', 1100, 8),
    ]),
  );
  expect(ranking?.servers.map(({ server, position }) => [server.name, position])).toEqual([
    ['event-loop', 'behind'],
    ['pool', 'best'],
    ['prefork', 'behind'],
  ]);
});
