import { describe, expect, test } from '@jest/globals';
import { differencePValue, type Estimate, halfWidth } from './estimate.ts';
import { equivalencePValue, pairedLogRatio, ratioInterval, unpairedLogRatio } from './log-ratio.ts';

// Reference values: scipy.stats.ttest_1samp and ttest_ind(equal_var=False) on logarithms, SciPy 1.17.1.
const a = [105.2, 99.8, 103.1, 110.4, 101.7, 104.9];
const b = [100.1, 98.7, 99, 104.2, 99.9, 101.3];
const paired = pairedLogRatio(
  a.map((value, block) => ({ a: value, b: b[block] ?? Number.NaN })),
) as Estimate;

describe('a paired log ratio', () => {
  test('is the mean of the log ratios by block, with its standard error', () => {
    expect(paired).toMatchObject({ degreesOfFreedom: 5 });
    expect(paired.value).toBeCloseTo(0.035322186303348456, 12);
    expect(paired.standardError).toBeCloseTo(0.007375723283320938, 12);
  });

  test("has Student's interval, exponentiated", () => {
    const { ratio, low, high } = ratioInterval(paired, halfWidth(paired, 0.95));
    expect(ratio).toBeCloseTo(1.0359534250417908, 9);
    expect(low).toBeCloseTo(1.0164968813017687, 9);
    expect(high).toBeCloseTo(1.0557823822159027, 9);
  });

  test('has the p-value of a paired t-test', () => {
    expect(differencePValue(paired)).toBeCloseTo(0.004931362598154539, 10);
  });

  test('is equivalent only within a margin that its interval fits into', () => {
    expect(equivalencePValue(paired, 0.03)).toBeCloseTo(0.7650343541027576, 9);
    expect(equivalencePValue(paired, 0.06)).toBeCloseTo(0.013258662701849914, 9);
  });

  test('is not affected by what changes both servers of a block equally', () => {
    const drifting = pairedLogRatio(
      a.map((value, block) => ({
        a: value * 2 ** block,
        b: (b[block] ?? Number.NaN) * 2 ** block,
      })),
    );
    expect(drifting?.value).toBeCloseTo(paired.value, 12);
    expect(drifting?.standardError).toBeCloseTo(paired.standardError, 12);
  });

  test('is inverted when the servers are exchanged', () => {
    const there = ratioInterval(paired, halfWidth(paired, 0.95));
    const swapped = pairedLogRatio(
      b.map((value, block) => ({ a: value, b: a[block] ?? 0 })),
    ) as Estimate;
    const back = ratioInterval(swapped, halfWidth(swapped, 0.95));
    expect(back.ratio).toBeCloseTo(1 / there.ratio, 12);
    expect(back.low).toBeCloseTo(1 / there.high, 12);
  });

  test('needs two blocks', () => {
    expect(pairedLogRatio([{ a: 2, b: 1 }])).toBeNull();
  });

  test('of values that agree to the last digit is 0, and shows equivalence', () => {
    const same = pairedLogRatio([1, 2, 3].map((value) => ({ a: value, b: value }))) as Estimate;
    expect(differencePValue(same)).toBe(1);
    expect(equivalencePValue(same, 0.03)).toBe(0);
    expect(ratioInterval(same, halfWidth(same, 0.95))).toEqual({ ratio: 1, low: 1, high: 1 });
  });
});

describe('an unpaired log ratio', () => {
  const unpaired = unpairedLogRatio(
    [105.2, 99.8, 103.1, 110.4, 101.7],
    [100.1, 98.7, 99, 120.2, 99.9, 101.3, 90],
  ) as Estimate;

  test("has Welch's degrees of freedom, interval and p-value", () => {
    expect(unpaired.value).toBeCloseTo(0.029231194846045305, 12);
    expect(unpaired.degreesOfFreedom).toBeCloseTo(8.799162491496968, 9);
    expect(differencePValue(unpaired)).toBeCloseTo(0.4493935205839239, 9);
    const { low, high } = ratioInterval(unpaired, halfWidth(unpaired, 0.95));
    expect(low).toBeCloseTo(0.9468712877259042, 9);
    expect(high).toBeCloseTo(1.1196929551537913, 9);
  });

  test('needs two values on each side', () => {
    expect(unpairedLogRatio([1], [1, 2, 3])).toBeNull();
  });

  test('of samples without any spread has finite degrees of freedom', () => {
    expect(unpairedLogRatio([2, 2], [1, 1])).toEqual({
      value: Math.log(2),
      standardError: 0,
      degreesOfFreedom: 2,
    });
  });
});
