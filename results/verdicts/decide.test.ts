import { describe, expect, test } from '@jest/globals';
import type { Estimate } from '../statistics/estimate.ts';
import { decideAll } from './decide.ts';
import type { Evidence, PairEvidence } from './evidence.ts';
import type { Floor, Verdict } from './verdict.ts';

const noFloor: Floor = { share: 0, source: 'plan' };

/** Six blocks in which the first server is `ratio` times as good, and ln(ratio) has this standard error. */
function pair(ratio: number, standardError: number, floor = noFloor): PairEvidence {
  const logRatio: Estimate = { value: Math.log(ratio), standardError, degreesOfFreedom: 5 };
  return withEvidence({
    measured: true,
    logRatio,
    blocks: 6,
    blocksTried: 6,
    blocksDisturbed: 0,
    failed: [],
    floor,
  });
}
const withEvidence = (evidence: Evidence): PairEvidence => ({
  workload: 'cpu',
  metric: { kind: 'throughput' },
  first: 'pool',
  second: 'prefork',
  evidence,
  weight: 1,
});
const verdictOf = (one: PairEvidence, others: readonly PairEvidence[] = []): Verdict | undefined =>
  decideAll([one, ...others])[0]?.verdict;

/** E₆ reaches 1/0.05 at 5.5516 standard errors, here of 0.01. */
const reach = 0.055515832;

describe('two servers', () => {
  test('differ when the interval excludes 1', () => {
    expect(verdictOf(pair(1.1, 0.01))).toMatchObject({
      kind: 'faster',
      ahead: 'pool',
      behind: 'prefork',
      ratio: expect.closeTo(1.1, 9),
      low: expect.closeTo(1.1 * Math.exp(-reach), 6),
      high: expect.closeTo(1.1 * Math.exp(reach), 6),
      withinMargin: false,
    });
  });

  test('are named in the order of which is ahead', () => {
    const verdict = verdictOf(pair(0.5, 0.01));
    expect(verdict).toMatchObject({ kind: 'faster', ahead: 'prefork', behind: 'pool' });
    expect(verdict).toMatchObject({ ratio: expect.closeTo(2, 9) });
    expect(verdict).toMatchObject({ low: expect.closeTo(2 * Math.exp(-reach), 6) });
  });

  test('are equivalent when the interval fits into the margin', () => {
    expect(verdictOf(pair(1.003, 0.004))).toMatchObject({ kind: 'equivalent', margin: 0.03 });
  });

  test('may differ and be equivalent', () => {
    expect(verdictOf(pair(1.01, 0.001))).toMatchObject({ kind: 'faster', withinMargin: true });
  });

  test('are indistinguishable otherwise, with the number of blocks needed', () => {
    const verdict = verdictOf(pair(1.02, 0.02));
    expect(verdict).toMatchObject({ kind: 'indistinguishable', cause: 'noise', blocks: 6 });
    // The sd over blocks is 0.02·√6 = 0.049; E reaches 20 for √n·0.0198/0.049 at n = 92.
    expect(verdict).toMatchObject({ blocksNeeded: 92 });
  });

  test('need no more blocks than it takes to show that they are equivalent', () => {
    const verdict = verdictOf(pair(1.0001, 0.016));
    // The sd over blocks is 0.039, the margin 0.030: E reaches 20 for √n·0.030/0.039 at n = 28.
    expect(verdict).toMatchObject({ kind: 'indistinguishable', blocksNeeded: 28 });
  });

  test('do not differ by less than the floor', () => {
    const floor: Floor = { share: 0.1, source: 'plan' };
    expect(verdictOf(pair(1.09, 0.005, floor))).toMatchObject({
      kind: 'indistinguishable',
      cause: 'below-floor',
      blocksNeeded: null,
    });
    expect(verdictOf(pair(1.02, 0.008, floor))).toMatchObject({ cause: 'below-floor' });
    expect(verdictOf(pair(1.02, 0.02, floor))).toMatchObject({ cause: 'noise' });
    expect(verdictOf(pair(1.12, 0.005, floor))).toMatchObject({ kind: 'faster' });
    expect(verdictOf(pair(1.01, 0.001, floor))).toMatchObject({ kind: 'equivalent' });
  });

  test('have no verdict without evidence', () => {
    expect(
      verdictOf(withEvidence({ measured: false, reason: 'pool was not measured', failure: null })),
    ).toEqual({
      kind: 'not-measured',
      reason: 'pool was not measured',
    });
  });
});

describe('many comparisons', () => {
  const barely = pair(1.06, 0.01);
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
    const missing = withEvidence({
      measured: false,
      reason: 'prefork was not measured',
      failure: null,
    });
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

  test('count for a quarter when they are not by the main metric of a workload', () => {
    const minor = { ...none, weight: 0.25 };
    expect(verdictOf(pair(1.07, 0.01), [none, none, none])).toMatchObject({
      kind: 'indistinguishable',
    });
    expect(verdictOf(pair(1.07, 0.01), [minor, minor, minor])).toMatchObject({ kind: 'faster' });
  });
});
