import { describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { golden } from '../../test/golden/documents.ts';
import { contestSentences } from './contest-sentences.ts';

/** The full golden run with only cpu in it, and these throughputs, block by block. */
function withThroughputs(
  byServer: Record<string, readonly number[]>,
  smallestClaim = 0,
): RunDocument {
  const { plan, trials, ...rest } = golden('full');
  const workloads = plan.workloads.filter(({ name }) => name === 'cpu');
  return {
    ...rest,
    plan: { ...plan, workloads, smallestClaim },
    trials: trials
      .filter(
        ({ workload, purpose, server, block }) =>
          workload === 'cpu' && purpose === 'comparison' && byServer[server]?.[block] !== undefined,
      )
      .map((trial) => ({
        ...trial,
        measurements: trial.measurements.flatMap((measurement) =>
          measurement.loop === 'closed'
            ? [{ ...measurement, throughputPerSecond: byServer[trial.server]?.[trial.block] ?? 0 }]
            : [],
        ),
      })) as RunDocument['trials'],
  };
}

function told(byServer: Record<string, readonly number[]>, smallestClaim = 0): string {
  const [contest] = rankWorkloads(withThroughputs(byServer, smallestClaim));
  if (!contest) throw new Error('the document has no contest');
  const { claim, asides } = contestSentences(contest);
  return [claim, ...asides].join(' ');
}

const eventLoop = [630, 633, 636];

describe('the sentences of a workload', () => {
  test('claim a difference with its interval when the verdict is that one server is faster', () => {
    expect(told({ 'event-loop': eventLoop, pool: [1200, 1222, 1214] })).toMatch(
      /^For CPU-bound work, the pool serves 1\.91× what the event loop does \(1\.88–1\.95\)\.$/,
    );
  });

  test('claim nothing when chance can explain the difference', () => {
    const text = told({ 'event-loop': [500, 700, 600], pool: [700, 500, 640] });
    expect(text).toContain('The event loop and the pool cannot be told apart in throughput');
    expect(text).not.toMatch(/×|faster|more than (the|prefork)/);
  });

  test('say how many blocks might tell, where any number might', () => {
    expect(told({ 'event-loop': [600, 610, 640], pool: [640, 660, 640] })).toMatch(
      /cannot be told apart in throughput: .*about \d+ blocks would tell\.$/,
    );
  });

  test('call servers equal only within the margin that was shown', () => {
    expect(told({ 'event-loop': eventLoop, pool: [630.5, 632.6, 636.2] })).toContain(
      'are equivalent in throughput: they differ by less than 3 %',
    );
  });

  test('claim nothing below what the run can claim, and say so', () => {
    const text = told({ 'event-loop': eventLoop, pool: [662, 665, 668] }, 0.1);
    expect(text).toContain('within the 10 % that so short a run cannot answer for');
    expect(text).not.toContain('×');
  });

  test('compare nobody by a single block', () => {
    expect(told({ 'event-loop': [630], pool: [1210] })).toBe(
      'For CPU-bound work, the event loop serves 630 requests/s and the pool 1,210.',
    );
  });

  test('give the reasons for gaps apart, however long they are', () => {
    const [io] = rankWorkloads(golden('troubled'));
    const { claim, asides, gaps } = contestSentences(io as NonNullable<typeof io>);
    expect([claim, ...asides].join(' ')).not.toContain('out of memory');
    expect(gaps.join(' ')).toMatch(/(^| )prefork: not compared; .*out of memory/);
    expect(gaps.join(' ')).toContain('the pool: skipped; port 8080 is taken by another program.');
  });

  test('name a server that is neither the best nor the plan’s first', () => {
    expect(
      told({ 'event-loop': eventLoop, prefork: [310, 312, 314], pool: [1210, 1214, 1222] }),
    ).toMatch(/ The pool serves 3\.90× what prefork does \(3\.88–3\.91\)\.$/);
  });

  test('say that nothing was measured', () => {
    expect(told({})).toBe('For CPU-bound work, nothing was measured.');
  });
});
