import type { RunDocument } from '../document/run-document.ts';
import { anytimeEvidence, anytimeHalfWidth } from '../statistics/anytime-t-test.ts';
import { adjustedEvidence, evidenceNeeded } from '../statistics/closed-testing.ts';
import type { Estimate } from '../statistics/estimate.ts';
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

/** What the evidence shows, alone and as one of all comparisons of the run. */
interface Significance {
  readonly pValue: number;
  readonly adjustedP: number;
}

const notTested: Significance = { pValue: 1, adjustedP: 1 };

/**
 * Decides all comparisons of a run together: the evidence for each is adjusted for being one of so many. By an
 * anytime-valid test, so that a run may be decided after every block, and stopped because it is.
 */
export function decideAll(
  pairs: readonly PairEvidence[],
  strictness: Strictness = usualStrictness,
): Comparison[] {
  const tested = pairs.map(({ evidence: shown, weight }) => {
    const evidence = evidenceIn(shown);
    return evidence === null ? null : { evidence, weight };
  });
  const all = tested.filter((one) => one !== null);
  return pairs.map(({ workload, metric, first, second, evidence }, index) => {
    const pair = { workload, metric, first, second };
    const one = tested[index] ?? null;
    const significance = one
      ? { pValue: pValueOf(one.evidence), adjustedP: pValueOf(adjustedEvidence(one, all)) }
      : notTested;
    if (!evidence.measured) {
      return { ...pair, verdict: decideWithoutRatio(evidence, significance, strictness) };
    }
    const threshold = 1 / strictness.alpha;
    const needed = one ? evidenceNeeded(one, all, threshold) : threshold;
    const verdict = decide(pair, evidence, { ...significance, needed }, strictness);
    return { ...pair, verdict: withholdIfBlocksFailed(verdict, evidence) };
  });
}

const evidenceIn = (shown: Evidence): number | null =>
  shown.measured ? anytimeEvidence(shown.logRatio) : (shown.failure?.evidence ?? null);

const pValueOf = (evidence: number): number => Math.min(1, 1 / evidence);

function decideWithoutRatio(
  { failure, reason }: MissingEvidence,
  significance: Significance,
  { alpha }: Strictness,
): Verdict {
  if (!failure || significance.adjustedP >= alpha) return { kind: 'not-measured', reason };
  const { evidence: _, ...found } = failure;
  return { kind: 'one-failed', ...found, ...significance };
}

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

/** @param significance `needed` is the evidence that this comparison needs while all others stay as they are */
function decide(
  { first, second }: Omit<Comparison, 'verdict'>,
  { logRatio, blocks, blocksTried, blocksDisturbed, floor }: MeasuredEvidence,
  { pValue, adjustedP, needed }: Significance & { readonly needed: number },
  strictness: Strictness,
): Verdict {
  const { alpha, margin } = strictness;
  const reach = anytimeHalfWidth(logRatio, 1 - alpha);
  const distance = Math.abs(logRatio.value);
  const interval = ratioInterval(logRatio, reach);
  const withinMargin = distance + reach <= Math.log1p(margin);
  const beyondFloor = Math.expm1(distance) > floor.share;
  const restsOn = { blocks, blocksTried, blocksDisturbed };
  if (adjustedP < alpha && beyondFloor) {
    const isFirst = logRatio.value > 0;
    const [ahead, behind] = isFirst ? [first, second] : [second, first];
    const oriented = isFirst ? interval : inverseRatio(interval);
    const certainty = { pValue, adjustedP, withinMargin };
    return { kind: 'faster', ahead, behind, ...oriented, ...restsOn, ...certainty };
  }
  if (withinMargin) return { kind: 'equivalent', ...interval, margin, ...restsOn };
  const shared = { kind: 'indistinguishable', ...interval, blocks, floor } as const;
  const withinFloor = distance + reach <= Math.log1p(floor.share);
  if (adjustedP < alpha || withinFloor) {
    return { ...shared, cause: 'below-floor', blocksNeeded: null };
  }
  return {
    ...shared,
    cause: pValue < alpha ? 'many-comparisons' : 'noise',
    blocksNeeded: blocksNeeded(logRatio, blocks, needed, strictness),
  };
}

/** The fewest blocks that would show either which server is faster or that the two are equivalent. */
function blocksNeeded(
  { value, standardError }: Estimate,
  blocks: number,
  evidence: number,
  { alpha, margin }: Strictness,
): number | null {
  const standardDeviation = standardError * Math.sqrt(blocks);
  const distance = Math.abs(value);
  const ways = [
    blocksToExclude(distance, standardDeviation, evidence),
    blocksToExclude(Math.log1p(margin) - distance, standardDeviation, 1 / alpha),
  ].filter((count) => count !== null);
  return ways.length > 0 ? Math.min(...ways) : null;
}
