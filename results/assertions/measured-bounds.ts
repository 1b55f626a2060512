import type { ComparedMetric } from '../comparison/change.ts';
import type { RunDocument, Trial } from '../document/run-document.ts';
import { plural } from '../format.ts';
import { requestsFor } from '../percentile.ts';
import { classOf, trialsOf, windowOf } from '../select.ts';
import { anytimeHalfWidth } from '../statistics/anytime-t-test.ts';
import { type Estimate, meanEstimate } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { evidenceOn } from '../verdicts/evidence.ts';
import { higherIsBetter, type Metric, percentileInWords } from '../verdicts/metric.ts';
import { type FailedBlocks, failedBlocksOf, isTried, readMetric } from '../verdicts/reading.ts';
import type { Floor } from '../verdicts/verdict.ts';
import type { Assertion, Bounds } from './assertion.ts';

/** What the blocks of a run show about the value of an assertion. */
export interface Shown {
  readonly bounds: Bounds | null;
  readonly blocks: number | null;
  readonly reason: string | null;
  /** Values closer to the limit than its share say nothing; null for values of one server. */
  readonly floor: Floor | null;
}

export const nothing = (reason: string): Shown => ({
  bounds: null,
  blocks: null,
  reason,
  floor: null,
});

/** An open loop at a rate is the requested one within this share. */
const sameRate = 0.02;
/** A server that fails in this share of the blocks does worse than any limit, whatever the other blocks show. */
const brokenShare = 0.5;
/** One block shows neither a value nor a failure for certain. */
const fewestBlocks = 2;

/** What a run shows about throughput or response times, of one server or as a ratio of two. */
export function blocksShow(document: RunDocument, assertion: Assertion, metric: Metric): Shown {
  const { server, relativeTo, workload, ratePerSecond } = assertion;
  const trials = atRate(trialsOf(document, { workload }), ratePerSecond);
  const servers = relativeTo ? [server, relativeTo.server] : [server];
  const own = trials.filter((trial) => servers.includes(trial.server));
  const problem = whyNotOffered(own, ratePerSecond) ?? whyTooFewRequests(own, metric);
  if (problem !== null) return nothing(problem);
  return relativeTo
    ? ratioOf(document, trials, metric, [server, relativeTo.server])
    : levelOf(own, metric, server);
}

/**
 * The trials with the open loop at a rate, which may be one of the load curve, as their only window; as they are where no
 * rate is given.
 */
export function atRate(trials: readonly Trial[], ratePerSecond: number | null): Trial[] {
  if (ratePerSecond === null) return [...trials];
  return trials.map((trial) => {
    const found = [...trial.measurements, ...trial.curve].find(
      ({ loop, rate, offeredPerSecond }) =>
        loop === 'open' &&
        rate !== 'alone' &&
        Math.abs((offeredPerSecond ?? 0) / ratePerSecond - 1) <= sameRate,
    );
    return { ...trial, measurements: found ? [{ ...found, rate: 'shared' }] : [] };
  });
}

/** @param trials as from `atRate` */
export function whyNotOffered(
  trials: readonly Trial[],
  ratePerSecond: number | null,
): string | null {
  const isOffered = trials.some((trial) => windowOf(trial, 'shared'));
  if (ratePerSecond === null || isOffered) return null;
  const advice = Number.isInteger(ratePerSecond) ? `; use --rate ${ratePerSecond}` : '';
  return `no open loop offered ${ratePerSecond} requests/s${advice}`;
}

/** A percentile that some block has too few requests for is not that of the server. */
export function whyTooFewRequests(trials: readonly Trial[], metric: Metric): string | null {
  if (metric.kind === 'throughput') return null;
  const { percentile, className } = metric;
  const sent = trials
    .filter((trial) => readMetric(trial, metric).usable)
    .map((trial) => windowOf(trial, 'shared'))
    .flatMap((window) => (window && classOf(window, className)?.requests.sent) ?? []);
  const [fewest, needed] = [Math.min(...sent), requestsFor[percentile]];
  return fewest < needed
    ? `a block has only ${plural(fewest, 'request')}, and ${percentileInWords(percentile)} needs ${needed.toLocaleString('en-US')}; use a longer --duration or a higher --rate`
    : null;
}

function levelOf(trials: readonly Trial[], metric: Metric, server: string): Shown {
  const readings = trials.map((trial) => readMetric(trial, metric));
  const tried = readings.filter(isTried);
  const values = tried.flatMap((reading) => (reading.usable ? [reading.value] : []));
  const failed = failedBlocksOf(server, metric, readings);
  if (failed && isBroken(failed, tried.length)) return worse(metric, tried.length, failed.reason);
  if (values.length < fewestBlocks) {
    const why = (tried.length > 0 ? tried : readings).find((reading) => !reading.usable)?.reason;
    return nothing(why ?? 'one block has no confidence interval; use more --blocks');
  }
  const estimate = meanEstimate(values.map(Math.log));
  const bounds = boundsOf(estimate, anytimeHalfWidth(estimate, usualConfidence));
  return {
    bounds: failed ? openedFor(bounds, metric, 'server') : bounds,
    blocks: values.length,
    reason: failed?.reason ?? null,
    floor: null,
  };
}

const isBroken = ({ blocks }: FailedBlocks, tried: number): boolean =>
  blocks >= fewestBlocks && blocks >= brokenShare * tried;

/** The failed blocks of a server that fails in so many of the tried ones that its other blocks say nothing. */
function brokenServer(trials: readonly Trial[], metric: Metric, server: string) {
  const readings = trialsOf({ trials }, { server }).map((trial) => readMetric(trial, metric));
  const tried = readings.filter(isTried).length;
  const failed = failedBlocksOf(server, metric, readings);
  return failed && isBroken(failed, tried) ? { ...failed, tried } : null;
}

function ratioOf(
  document: RunDocument,
  trials: readonly Trial[],
  metric: Metric,
  [server, other]: readonly [string, string],
): Shown {
  const broken = [server, other].flatMap((name) => brokenServer(trials, metric, name) ?? []);
  const [first, second] = broken;
  if (first && second) return nothing(`${first.reason}; ${second.reason}`);
  if (first) {
    return worse(metric, first.tried, first.reason, first.server === server ? 'server' : 'other');
  }
  const evidence = evidenceOn(document, trials, metric, [server, other]);
  if (!evidence.measured) return nothing(evidence.reason);
  const { logRatio, blocks, failed, floor } = evidence;
  const value = higherIsBetter(metric) ? logRatio.value : -logRatio.value;
  const estimate = { ...logRatio, value };
  let bounds = boundsOf(estimate, anytimeHalfWidth(estimate, usualConfidence));
  for (const one of failed) {
    bounds = openedFor(bounds, metric, one.server === server ? 'server' : 'other');
  }
  const reason = failed.length > 0 ? failed.map((one) => one.reason).join('; ') : null;
  return { bounds, blocks, reason, floor };
}

export const boundsOf = ({ value }: Estimate, reach: number): Bounds => ({
  value: Math.exp(value),
  low: Math.exp(value - reach),
  high: Math.exp(value + reach),
});

/** Whose failure it is: that of the server, or of the one that it is compared with. */
type Whose = 'server' | 'other';

/** Whether a failure puts the true value above what was measured, rather than below. */
const isHigher = (metric: ComparedMetric, whose: Whose): boolean =>
  higherIsBetter(metric) === (whose === 'other');

/** Failed blocks did worse than any number, by an unknown amount: nothing bounds the value on that side. */
export const openedFor = (bounds: Bounds, metric: ComparedMetric, whose: Whose): Bounds =>
  isHigher(metric, whose) ? { ...bounds, high: Number.POSITIVE_INFINITY } : { ...bounds, low: 0 };

/** A server that fails as a rule: its value is beyond any limit. */
export function worse(
  metric: ComparedMetric,
  blocks: number | null,
  reason: string,
  whose: Whose = 'server',
): Shown {
  const value = isHigher(metric, whose) ? Number.POSITIVE_INFINITY : 0;
  return { bounds: { value, low: value, high: value }, blocks, reason, floor: null };
}
