import type { RunDocument } from '../document/run-document.ts';
import { type Estimate, halfWidth } from '../statistics/estimate.ts';
import { type Significance, significances } from '../statistics/holm.ts';
import {
  equivalencePValue,
  inverseRatio,
  ratioInterval,
  usualConfidence,
} from '../statistics/log-ratio.ts';
import { blocksToShowEquivalence, blocksToTellApart } from '../statistics/sample-size.ts';
import {
  type MeasuredEvidence,
  type PairEvidence,
  pairwiseEvidence,
  reasonsOf,
} from './evidence.ts';
import type { Comparison, Verdict } from './verdict.ts';

export interface Strictness {
  /** Chance of even one false claim among all comparisons of a run. */
  readonly alpha: number;
  /** Servers that differ by less than this share count as equivalent. */
  readonly margin: number;
  /** The chance that the recommended number of blocks is enough. */
  readonly power: number;
}

export const usualStrictness: Strictness = { alpha: 0.05, margin: 0.03, power: 0.8 };

/** How every two servers of a run compare, for each workload and metric. */
export const compareServers = (document: RunDocument): Comparison[] =>
  decideAll(pairwiseEvidence(document));

/** Decides all comparisons of a run together: each p-value is adjusted for being one of so many. */
export function decideAll(
  pairs: readonly PairEvidence[],
  strictness: Strictness = usualStrictness,
): Comparison[] {
  const measured = pairs.flatMap(({ evidence }) => (evidence.measured ? [evidence] : []));
  const all = significances(measured.map(({ logRatio }) => logRatio));
  const undecided = all.filter(({ adjustedP }) => adjustedP >= strictness.alpha).length;
  const byEvidence = new Map(measured.map((evidence, index) => [evidence, all[index]]));
  return pairs.map(({ evidence, ...pair }) => {
    if (!evidence.measured) {
      return { ...pair, verdict: { kind: 'not-measured', reason: evidence.reason } };
    }
    const significance = byEvidence.get(evidence) ?? { pValue: 1, adjustedP: 1 };
    const verdict = decide(pair, evidence, { ...significance, undecided }, strictness);
    return { ...pair, verdict: withholdIfBlocksFailed(verdict, evidence) };
  });
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

/** @param significance `undecided` is the number of comparisons that share what Holm's method leaves of alpha */
function decide(
  { first, second }: Omit<Comparison, 'verdict'>,
  { logRatio, blocks, blocksTried, floor }: MeasuredEvidence,
  { pValue, adjustedP, undecided }: Significance & { readonly undecided: number },
  strictness: Strictness,
): Verdict {
  const { alpha, margin } = strictness;
  const interval = ratioInterval(logRatio, 1 - alpha);
  const withinMargin = equivalencePValue(logRatio, margin) < alpha;
  const beyondFloor = Math.expm1(Math.abs(logRatio.value)) > floor.share;
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
  { alpha, margin, power }: Strictness,
): number | null {
  const aim = { logRatio: value, standardDeviation: standardError * Math.sqrt(blocks), power };
  const ways = [
    blocksToTellApart({ ...aim, alpha: alpha / Math.max(1, undecided) }),
    blocksToShowEquivalence({ ...aim, alpha }, margin),
  ].filter((count) => count !== null);
  return ways.length > 0 ? Math.min(...ways) : null;
}

/** Half the margin of equivalence: an interval this narrow either lies within the margin or excludes 1. */
const usualTarget = usualStrictness.margin / 2;

/**
 * Intervals from a few blocks are often narrow by luck. Stopping on such intervals from 3 blocks on gives up to 9 % of
 * false claims instead of 5 %, from 8 blocks on 5–7 % (simulated; see docs/methodology.md).
 */
const fewestBlocks = 8;

/**
 * Whether a run may stop before its plan ends: the interval of every comparison reaches no further than the target to
 * either side (a share: 0.015 is ±1.5 %). Looks at widths alone: stopping as soon as a difference is significant claims
 * a difference in 18 % of the runs that have none.
 */
export function isNarrowEnough(document: RunDocument, target = usualTarget): boolean {
  const measured = pairwiseEvidence(document).flatMap(({ evidence }) =>
    evidence.measured ? [evidence] : [],
  );
  return (
    measured.length > 0 &&
    measured.every(
      ({ blocks, logRatio }) =>
        blocks >= fewestBlocks && halfWidth(logRatio, usualConfidence) <= Math.log1p(target),
    )
  );
}
