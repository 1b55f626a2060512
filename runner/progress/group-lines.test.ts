import { describe, expect, test } from '@jest/globals';
import type { Trial, Warning } from '../../results/document/run-document.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { groupLines } from './group-lines.ts';

const servers = ['event-loop', 'prefork', 'pool'];
const voiding: Warning = { code: 'late-sends', severity: 'void', message: 'm', advice: 'a' };

/** The lines of the last block, of trials with a throughput for each server in each block. */
function throughputLines(blocks: readonly (readonly number[])[]): string[] {
  const trials = blocks.map((row, block) =>
    row.map((throughputPerSecond, index) =>
      sampleTrial({ block, server: servers[index] ?? '' }, [
        sampleClosedLoop({ throughputPerSecond }),
      ]),
    ),
  );
  const shown = servers.slice(0, blocks[0]?.length);
  return groupLines(trials.at(-1) ?? [], sampleDocument({ servers: shown }, trials.flat()));
}

/** A trial of `mixed` whose closed loop is not what is compared. */
const mixedTrial = (block: number, server: string, lightMs: number): Trial => {
  const open = sampleOpenLoop();
  const light = { ...open, name: 'light', responseTime: sampleTimes(open.requests.sent, lightMs) };
  return sampleTrial({ block, server, workload: 'mixed' }, [
    sampleClosedLoop(),
    { ...open, classes: [light, { ...light, name: 'heavy' }] },
  ]);
};

describe('the lines of a group', () => {
  test('name the loads of the curve, also of servers that have only this left to measure', () => {
    const at = (offeredPerSecond: number) => sampleOpenLoop({ offeredPerSecond });
    const curve = [at(220), at(40)];
    const full = { ...sampleTrial({}, [sampleClosedLoop()]), curve };
    expect(groupLines([full], sampleDocument({}, [full]))).toEqual([
      'block 1 cpu: pool 1,000 req/s · load curve at 40 and 220 req/s',
    ]);
    const curveOnly = { ...full, measurements: [] };
    const other = { ...curveOnly, server: 'prefork', curve: [at(40), at(530)] };
    expect(groupLines([curveOnly, other], sampleDocument({}, [curveOnly, other]))).toEqual([
      'block 1 cpu: load curve at 40, 220 and 530 req/s',
    ]);
  });

  test('begin with the numbers of the block, the unit once', () => {
    expect(throughputLines([[41.3, 79, 2120.4]])).toEqual([
      'block 1 cpu: event-loop 41.3 req/s, prefork 79, pool 2,120',
    ]);
  });

  test('have the ratios so far from the second block on', () => {
    const blocks = [
      [41, 80],
      [40, 81],
      [42, 80],
      [41, 78],
    ];
    expect(throughputLines(blocks.slice(0, 2))[0]).toMatch(
      /^block 2 cpu: event-loop 40 req\/s, prefork 81 · prefork (about )?\S+× event-loop/,
    );
    expect(throughputLines(blocks)[0]).toMatch(
      /^block 4 .* · prefork 1\.9\d*× event-loop \(1\.\d+–2\.\d+\)/,
    );
  });

  test('say what is decided, which later blocks leave out', () => {
    const apart = [
      [41, 80, 81.5],
      [40, 82, 80],
      [42, 79, 84],
    ];
    expect(throughputLines(apart)[0]).toMatch(/× event-loop \([^)]*\), event-loop decided$/);
    expect(throughputLines(apart.map((row) => row.slice(0, 2)))[0]).toMatch(/\), decided$/);
  });

  test('say that it is decided where one server failed in every block', () => {
    const lines = throughputLines([
      [0, 80],
      [0, 81],
      [0, 79],
    ]);
    expect(lines[0]).toMatch(/^block 3 cpu: event-loop [a-z ]+, prefork 79 req\/s · decided$/);
  });

  test('use the open loop of the first class where a workload has several', () => {
    const trials = [0, 1, 2, 3].map((block) => [
      mixedTrial(block, 'event-loop', 75 + block),
      mixedTrial(block, 'pool', 3.4),
    ]);
    const plan = {
      servers: ['event-loop', 'pool'],
      workloads: [sampleWorkload('mixed', ['light', 'heavy'])],
    };
    const [line] = groupLines(trials[3] ?? [], sampleDocument(plan, trials.flat()));
    expect(line).toMatch(
      /^block 4 mixed, light p\d+: event-loop 1\d\d ms, pool \d\.\d+ · event-loop 2\d(\.\d)?× pool \(2\d(\.\d)?–2\d(\.\d)?\)/,
    );
    expect(line).not.toContain('req/s');
  });

  test('say what has no number, and which trial is a control', () => {
    const closed = sampleClosedLoop({ throughputPerSecond: 2120.4 });
    const trials = [
      sampleTrial({ server: 'prefork' }, [{ ...closed, warnings: [voiding] }]),
      sampleTrial({}, [closed]),
      sampleTrial({ purpose: 'control' }, [closed]),
    ];
    expect(groupLines(trials, sampleDocument({}, trials))).toEqual([
      'block 1 cpu: pool 2,120 req/s, pool again 2,120, prefork void',
    ]);
  });

  test('name no more than three ratios', () => {
    const many = Array.from({ length: 8 }, (_, index) => `server-${index}`);
    const trials = [0, 1, 2].flatMap((block) =>
      many.map((server, index) =>
        sampleTrial({ block, server }, [
          sampleClosedLoop({ throughputPerSecond: 100 * (index + 1) + block }),
        ]),
      ),
    );
    const [line] = groupLines(trials.slice(-8), sampleDocument({ servers: many }, trials));
    expect(line?.match(/×/g)).toHaveLength(3);
  });

  test('report a server that is not available once', () => {
    const trial = sampleTrial({}, [sampleClosedLoop()]);
    const skipped = { ...trial, status: 'skipped' as const, reason: 'no Go', measurements: [] };
    const again = { ...skipped, block: 1 };
    const document = sampleDocument({}, [skipped, again]);
    expect(groupLines([skipped], document)).toEqual(['block 1 cpu: pool skipped: no Go']);
    expect(groupLines([again], document)).toEqual([]);
    const other = { ...again, reason: 'the database was killed' };
    expect(groupLines([other], document)).toEqual([
      'block 2 cpu: pool skipped: the database was killed',
    ]);
  });
});
