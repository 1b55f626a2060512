import { describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { golden } from '../../test/golden/documents.ts';
import { rankingSentences } from './ranking-sentences.ts';

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

function textOf(byServer: Record<string, readonly number[]>, smallestClaim = 0): string {
  const [ranking] = rankWorkloads(withThroughputs(byServer, smallestClaim));
  if (!ranking) throw new Error('the document has no ranking');
  const { claim, asides } = rankingSentences(ranking);
  return [claim, ...asides].join(' ');
}

const eventLoop = [630, 633, 636];

describe('the sentences of a workload', () => {
  test('claim a difference with its interval when the verdict is "faster"', () => {
    expect(textOf({ 'event-loop': eventLoop, pool: [1200, 1222, 1214] })).toMatch(
      /^For CPU-bound work, the pool serves 1\.9× as many requests as the event loop \(1\.8–2\.0\)\.$/,
    );
  });

  test('claim nothing when chance can explain the difference', () => {
    const text = textOf({ 'event-loop': [500, 700, 600], pool: [700, 500, 640] });
    expect(text).toContain(
      'no significant difference in throughput between the event loop and the pool',
    );
    expect(text).not.toMatch(/×|faster|more requests/);
  });

  test('say how many blocks would be needed, where any number would do', () => {
    expect(textOf({ 'event-loop': [600, 610, 640], pool: [640, 660, 640] })).toMatch(
      /no significant difference in throughput .*about \d+ blocks would be needed\.$/,
    );
  });

  test('call servers equivalent only within the margin that was shown', () => {
    expect(textOf({ 'event-loop': eventLoop, pool: [630.5, 632.6, 636.2] })).toContain(
      'are equivalent in throughput, within 3 %',
    );
  });

  test('claim nothing below what the run can claim, and say so', () => {
    const text = textOf({ 'event-loop': eventLoop, pool: [662, 665, 668] }, 0.1);
    expect(text).toContain('so short a run detects only differences above 10 %');
    expect(text).not.toContain('×');
  });

  test('compare no servers by a single block', () => {
    expect(textOf({ 'event-loop': [630], pool: [1210] })).toBe(
      'For CPU-bound work, the event loop serves 630 requests/s and the pool 1,210.',
    );
  });

  test('give the reasons for what is missing apart, however long they are', () => {
    const [io] = rankWorkloads(golden('troubled'));
    const { claim, asides, reasons } = rankingSentences(io as NonNullable<typeof io>);
    expect([claim, ...asides].join(' ')).not.toContain('out of memory');
    expect(reasons.join(' ')).toMatch(/^On io, prefork was not compared: .*out of memory/);
    expect(reasons.join(' ')).toContain(
      'On io, there is no result for the pool (skipped): port 8080 is taken by another program.',
    );
  });

  test('name a server that is neither the best nor the plan’s first', () => {
    expect(
      textOf({ 'event-loop': eventLoop, prefork: [310, 312, 314], pool: [1210, 1214, 1222] }),
    ).toMatch(/ The pool serves 3\.90× as many requests as prefork \(3\.84–3\.95\)\.$/);
  });

  test('say that nothing was measured', () => {
    expect(textOf({})).toBe('For CPU-bound work, nothing was measured.');
  });
});
