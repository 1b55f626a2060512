import type { RunDocument } from '../document/run-document.ts';
import { anytimeHalfWidth, anytimePValue } from '../statistics/anytime-t-test.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { type Significance, significances } from '../statistics/holm.ts';
import { inverseRatio, ratioInterval } from '../statistics/log-ratio.ts';
import { blocksToExclude } from '../statistics/sample-size.ts';
import {
  type Evidence,
  type MeasuredEvidence,
  type MissingEvidence,
  type PairEvidence,
  pairwiseEvidence,
  reasonsOf,
} from './evidence.ts';
import type { Comparison, Verdict } from './verdict.ts';

export interface Strictness {
  /** Chance that a run, looked at after every block, ever claims even one difference that does not exist. */
  readonly alpha: number;
  /** Servers that differ by less than this share count as equivalent. */
  readonly margin: number;
}

export const usualStrictness: Strictness = { alpha: 0.05, margin: 0.03 };

/** How every two servers of a run compare, for each workload and metric. */
export const compareServers = (document: RunDocument): Comparison[] =>
  decideAll(pairwiseEvidence(document));

/**
 * Decides all comparisons of a run together: each p-value is adjusted for being one of so many. By an anytime-valid
 * test, so that a run may be decided after every block, and stopped because it is.
 */
export function decideAll(
  pairs: readonly PairEvidence[],
  strictness: Strictness = usualStrictness,
): Comparison[] {
  const tested = pairs.flatMap(({ evidence }) => {
    const pValue = pValueOf(evidence);
    return pValue === null ? [] : [{ evidence, pValue }];
  });
  const all = significances(tested.map(({ pValue }) => pValue));
  const undecided = all.filter(({ adjustedP }) => adjustedP >= strictness.alpha).length;
  const byEvidence = new Map(tested.map(({ evidence }, index) => [evidence, all[index]]));
  return pairs.map(({ evidence, ...pair }) => {
    const significance = byEvidence.get(evidence) ?? { pValue: 1, adjustedP: 1 };
    if (!evidence.measured) {
      return { ...pair, verdict: decideWithoutRatio(evidence, significance, strictness) };
    }
    const verdict = decide(pair, evidence, { ...significance, undecided }, strictness);
    return { ...pair, verdict: withholdIfBlocksFailed(verdict, evidence) };
  });
}

const pValueOf = (evidence: Evidence): number | null =>
  evidence.measured ? anytimePValue(evidence.logRatio) : (evidence.failure?.pValue ?? null);

const decideWithoutRatio = (
  { failure, reason }: MissingEvidence,
  significance: Significance,
  { alpha }: Strictness,
): Verdict =>
  failure && significance.adjustedP < alpha
    ? { kind: 'one-failed', ...failure, ...significance }
    : { kind: 'not-measured', reason };

/**
 * Failed blocks count against a server by an unknown amount: that the other server is faster stands; that the server
 * itself is faster, or the two equivalent, does not.
 */
function withholdIfBlocksFailed(verdict: Verdict, { failed }: MeasuredEvidence): Verdict {
  if (failed.length === 0) return verdict;
  const servers = failed.map(({ server }) => server);
  return verdict.kind === 'faster' && !servers.includes(verdict.ahead)
    ? verdict
    : { kind: 'not-measured', reason: reasonsOf(failed) };
}

/** @param significance `undecided` is the number of comparisons that share what Holm's method leaves of alpha */
function decide(
  { first, second }: Omit<Comparison, 'verdict'>,
  { logRatio, blocks, blocksTried, floor }: MeasuredEvidence,
  { pValue, adjustedP, undecided }: Significance & { readonly undecided: number },
  strictness: Strictness,
): Verdict {
  const { alpha, margin } = strictness;
  const reach = anytimeHalfWidth(logRatio, 1 - alpha);
  const distance = Math.abs(logRatio.value);
  const interval = ratioInterval(logRatio, reach);
  const withinMargin = distance + reach <= Math.log1p(margin);
  const beyondFloor = Math.expm1(distance) > floor.share;
  if (adjustedP < alpha && beyondFloor) {
    const isFirst = logRatio.value > 0;
    const [ahead, behind] = isFirst ? [first, second] : [second, first];
    const oriented = isFirst ? interval : inverseRatio(interval);
    const certainty = { pValue, adjustedP, withinMargin };
    return { kind: 'faster', ahead, behind, ...oriented, blocks, blocksTried, ...certainty };
  }
  if (withinMargin) return { kind: 'equivalent', ...interval, margin, blocks, blocksTried };
  const shared = { kind: 'indistinguishable', ...interval, blocks, floor } as const;
  if (adjustedP < alpha) return { ...shared, cause: 'below-floor', blocksNeeded: null };
  return {
    ...shared,
    cause: pValue < alpha ? 'many-comparisons' : 'noise',
    blocksNeeded: blocksNeeded(logRatio, blocks, undecided, strictness),
  };
}

/** The fewest blocks that would show either which server is faster or that the two are equivalent. */
function blocksNeeded(
  { value, standardError }: Estimate,
  blocks: number,
  undecided: number,
  { alpha, margin }: Strictness,
): number | null {
  const standardDeviation = standardError * Math.sqrt(blocks);
  const distance = Math.abs(value);
  const ways = [
    blocksToExclude(distance, standardDeviation, alpha / Math.max(1, undecided)),
    blocksToExclude(Math.log1p(margin) - distance, standardDeviation, alpha),
  ].filter((count) => count !== null);
  return ways.length > 0 ? Math.min(...ways) : null;
}
