import { differencePValue, type Estimate, linearTrend, meanDifference } from './estimate.ts';
import { meanOf, summarise, sumOf } from './summary.ts';

/** One second of bins of 100 ms; fewer are not enough to test. */
const fewestBins = 10;

/** A change counts when it is significant and larger than this share of the level. */
const tolerance = 0.05;
const alpha = 0.0003;

/** Warm-up counts when it changes the mean of the whole series by more than this share. */
const warmupTolerance = 0.02;

/** Whether a series keeps one level; a `change` of −0.1 is 10 % of the level less, and infinite from a level of 0. */
export type SteadyState =
  | { readonly kind: 'steady' }
  | { readonly kind: 'warming-up'; readonly bins: number; readonly change: number }
  | { readonly kind: 'unsteady'; readonly cause: 'trend' | 'halves'; readonly change: number }
  | { readonly kind: 'too-short' };

/**
 * Tests counts of completions per bin of 100 ms. What MSER-5 drops from the start is warm-up if its level differs from
 * that of the rest; the rest must have no trend, and the same level in both halves.
 */
export function steadyState(counts: readonly number[]): SteadyState {
  if (counts.length < fewestBins || sumOf(counts) === 0) return { kind: 'too-short' };
  const bins = mser5(counts);
  const [start, rest] = [counts.slice(0, bins), counts.slice(bins)];
  const level = meanOf(rest);
  const share = independentShare(counts);
  const isReal = (estimate: Estimate, change: number) =>
    Math.abs(change) > tolerance && differencePValue(thinned(estimate, share)) < alpha;

  const slope = linearTrend(rest);
  const trend = (slope.value * rest.length) / level;
  if (isReal(slope, trend)) return { kind: 'unsteady', cause: 'trend', change: trend };

  const middle = Math.floor(rest.length / 2);
  const halves = meanDifference(rest.slice(middle), rest.slice(0, middle));
  const jump = halves.value / level;
  if (isReal(halves, jump)) return { kind: 'unsteady', cause: 'halves', change: jump };

  if (bins > 0 && Math.abs(meanOf(counts) / level - 1) > warmupTolerance) {
    const rise = distanceFrom(rest, start);
    const change = rise.value / level;
    if (isReal(rise, change)) return { kind: 'warming-up', bins, change };
  }
  return { kind: 'steady' };
}

/**
 * The difference between the means of the start and the rest, with the spread of the rest alone: the spread of the
 * start is part of warming up.
 */
function distanceFrom(rest: readonly number[], start: readonly number[]): Estimate {
  const { mean, standardDeviation, count } = summarise(rest);
  return {
    value: meanOf(start) - mean,
    standardError: standardDeviation * Math.sqrt(1 / count + 1 / start.length),
    degreesOfFreedom: count - 1,
  };
}

/**
 * Neighbouring bins are correlated, so they carry less information than independent ones: with correlation r between
 * neighbours, as much as a share of (1 − r)/(1 + r). The half with less correlation counts, since a jump looks like
 * correlation in the half that contains it.
 */
function independentShare(counts: readonly number[]): number {
  const middle = Math.floor(counts.length / 2);
  const correlation = Math.min(
    ...[counts.slice(0, middle), counts.slice(middle)].map(neighbourCorrelation),
  );
  const bounded = Math.min(0.9, Math.max(0, correlation));
  return (1 - bounded) / (1 + bounded);
}

function neighbourCorrelation(values: readonly number[]): number {
  const { value: slope } = linearTrend(values);
  const level = values.map((value, index) => value - slope * index);
  const mean = meanOf(level);
  const residuals = level.map((value) => value - mean);
  const squares = sumOf(residuals.map((residual) => residual ** 2));
  const products = sumOf(residuals.slice(1).map((value, index) => value * (residuals[index] ?? 0)));
  return squares > 0 ? products / squares : 0;
}

function thinned(estimate: Estimate, share: number): Estimate {
  return {
    value: estimate.value,
    standardError: estimate.standardError / Math.sqrt(share),
    degreesOfFreedom: Math.max(1, estimate.degreesOfFreedom * share),
  };
}

const valuesPerBatch = 5;

/** At most this share may be dropped, so that enough is left to show the level. */
const largestShare = 0.5;

/**
 * How many values to drop from the start so that the mean of the rest has the smallest standard error: MSER-5 (K. P.
 * White, M. J. Cobb and S. C. Spratt, "A comparison of five steady-state truncation heuristics for simulation", 2000).
 * It drops a few values from most series of pure noise, too.
 */
export function mser5(values: readonly number[]): number {
  const batches = Array.from({ length: Math.floor(values.length / valuesPerBatch) }, (_, batch) =>
    meanOf(values.slice(batch * valuesPerBatch, (batch + 1) * valuesPerBatch)),
  );
  let best = { dropped: 0, error: Number.POSITIVE_INFINITY };
  for (let dropped = 0; dropped <= batches.length * largestShare; dropped++) {
    const kept = batches.slice(dropped);
    const mean = meanOf(kept);
    const error = sumOf(kept.map((value) => (value - mean) ** 2)) / kept.length ** 2;
    if (error < best.error) best = { dropped, error };
  }
  return best.dropped * valuesPerBatch;
}
