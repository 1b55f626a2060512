import { describe, expect, test } from '@jest/globals';
import type { Estimate } from '../statistics/estimate.ts';
import { decideAll } from './decide.ts';
import type { Evidence, PairEvidence } from './evidence.ts';
import type { Floor, Verdict } from './verdict.ts';

const noFloor: Floor = { share: 0, source: 'plan' };

/** Six blocks in which the first server is `ratio` times as good, and ln(ratio) has this standard error. */
function pair(ratio: number, standardError: number, floor = noFloor): PairEvidence {
  const logRatio: Estimate = { value: Math.log(ratio), standardError, degreesOfFreedom: 5 };
  return withEvidence({ measured: true, logRatio, blocks: 6, blocksTried: 6, failed: [], floor });
}
const withEvidence = (evidence: Evidence): PairEvidence => ({
  workload: 'cpu',
  metric: { kind: 'throughput' },
  first: 'pool',
  second: 'prefork',
  evidence,
});
const verdictOf = (one: PairEvidence, others: readonly PairEvidence[] = []): Verdict | undefined =>
  decideAll([one, ...others])[0]?.verdict;

describe('two servers', () => {
  test('differ when the interval excludes 1', () => {
    expect(verdictOf(pair(1.1, 0.01))).toMatchObject({
      kind: 'faster',
      ahead: 'pool',
      behind: 'prefork',
      ratio: expect.closeTo(1.1, 9),
      low: expect.closeTo(1.1 * Math.exp(-0.025705818), 6),
      high: expect.closeTo(1.1 * Math.exp(0.025705818), 6),
      withinMargin: false,
    });
  });

  test('are named in the order of which is ahead', () => {
    const verdict = verdictOf(pair(0.5, 0.01));
    expect(verdict).toMatchObject({ kind: 'faster', ahead: 'prefork', behind: 'pool' });
    expect(verdict).toMatchObject({ ratio: expect.closeTo(2, 9) });
    expect(verdict).toMatchObject({ low: expect.closeTo(2 * Math.exp(-0.025705818), 6) });
  });

  test('are equivalent when the interval fits into the margin', () => {
    expect(verdictOf(pair(1.005, 0.005))).toMatchObject({ kind: 'equivalent', margin: 0.03 });
  });

  test('may differ and be equivalent', () => {
    expect(verdictOf(pair(1.01, 0.002))).toMatchObject({ kind: 'faster', withinMargin: true });
  });

  test('are indistinguishable otherwise, with the number of blocks needed', () => {
    const verdict = verdictOf(pair(1.02, 0.02));
    expect(verdict).toMatchObject({ kind: 'indistinguishable', cause: 'noise', blocks: 6 });
    // The sd over blocks is 0.02·√6 = 0.049; showing 0.0198 of it takes 51 blocks (two-sided α = 0.05, power 0.8).
    expect(verdict).toMatchObject({ blocksNeeded: 51 });
  });

  test('need no more blocks than it takes to show that they are equivalent', () => {
    const verdict = verdictOf(pair(1.0001, 0.016));
    // The sd over blocks is 0.039, the margin 0.030: 17 blocks give 0.030·√17/0.039 = 3.10 ≥ t(0.95) + t(0.9) = 3.08.
    expect(verdict).toMatchObject({ kind: 'indistinguishable', blocksNeeded: 17 });
  });

  test('do not differ by less than the floor', () => {
    const floor: Floor = { share: 0.1, source: 'plan' };
    expect(verdictOf(pair(1.09, 0.005, floor))).toMatchObject({
      kind: 'indistinguishable',
      cause: 'below-floor',
      blocksNeeded: null,
    });
    expect(verdictOf(pair(1.12, 0.005, floor))).toMatchObject({ kind: 'faster' });
    expect(verdictOf(pair(1.01, 0.001, floor))).toMatchObject({ kind: 'equivalent' });
  });

  test('have no verdict without evidence', () => {
    expect(verdictOf(withEvidence({ measured: false, reason: 'pool was not measured' }))).toEqual({
      kind: 'not-measured',
      reason: 'pool was not measured',
    });
  });
});

describe('many comparisons', () => {
  const barely = pair(1.06, 0.02);
  const none = pair(1.001, 0.02);
  const huge = pair(2, 0.01);

  test('withhold a claim that would hold alone', () => {
    expect(verdictOf(barely)).toMatchObject({ kind: 'faster' });
    expect(verdictOf(barely, [none, none, none])).toMatchObject({
      kind: 'indistinguishable',
      cause: 'many-comparisons',
    });
  });

  test('withhold nothing when the others are significant', () => {
    expect(verdictOf(barely, [huge, huge, huge])).toMatchObject({ kind: 'faster' });
  });

  test('count only those that were measured', () => {
    const missing = withEvidence({ measured: false, reason: 'prefork was not measured' });
    expect(verdictOf(barely, [missing, missing, missing])).toMatchObject({ kind: 'faster' });
  });

  test('need more blocks', () => {
    const alone = verdictOf(pair(1.05, 0.025));
    const among = verdictOf(pair(1.05, 0.025), [none, none, none]);
    const needed = [alone, among].map((verdict) =>
      verdict?.kind === 'indistinguishable' ? verdict.blocksNeeded : null,
    );
    expect(needed[1]).toBeGreaterThan(needed[0] as number);
  });
});
