import { differencePValue, type Estimate } from '../statistics/estimate.ts';
import { holmAdjusted } from '../statistics/holm.ts';
import { equivalencePValue, type RatioInterval, ratioInterval } from '../statistics/log-ratio.ts';
import { blocksToShowEquivalence, blocksToTellApart } from '../statistics/sample-size.ts';
import { type Loss, lossesInWords } from './loss.ts';
import type { Comparison, Floor, Verdict } from './verdict.ts';

/** What is asked of two servers: their log ratio (above 0: the first is better), or why there is none. */
export type Question = Omit<Comparison, 'verdict'> & { readonly evidence: Evidence };

export type Evidence =
  | {
      readonly measured: true;
      readonly logRatio: Estimate;
      /** Those that have both, of those in which both were measured. */
      readonly blocks: number;
      readonly blocksTried: number;
      /** A server's own, which no number tells of. */
      readonly losses: readonly Loss[];
      readonly floor: Floor;
    }
  | { readonly measured: false; readonly reason: string };

type Measured = Extract<Evidence, { measured: true }>;

export interface Strictness {
  /** Chance of even one false "faster" among all questions. */
  readonly alpha: number;
  /** Servers closer than this share are as good as equal. */
  readonly margin: number;
  /** How surely the number of blocks that is advised should do. */
  readonly power: number;
}

export const usualStrictness: Strictness = { alpha: 0.05, margin: 0.03, power: 0.8 };

/** Answers all questions of a run together: each p-value is adjusted for being one of so many. */
export function answer(
  questions: readonly Question[],
  strictness: Strictness = usualStrictness,
): Comparison[] {
  const measured = questions.flatMap(({ evidence }) => (evidence.measured ? [evidence] : []));
  const adjusted = holmAdjusted(measured.map(({ logRatio }) => differencePValue(logRatio)));
  const undecided = adjusted.filter((p) => p >= strictness.alpha).length;
  const adjustedPs = new Map(measured.map((evidence, index) => [evidence, adjusted[index] ?? 1]));
  return questions.map(({ evidence, ...asked }) => ({
    ...asked,
    verdict: evidence.measured
      ? despiteLosses(
          judge(
            asked,
            evidence,
            { adjustedP: adjustedPs.get(evidence) ?? 1, undecided },
            strictness,
          ),
          evidence,
        )
      : { kind: 'not-measured', reason: evidence.reason },
  }));
}

/**
 * Blocks that a server lost count against it, by more than can be said: that the other is faster stands,
 * that it is itself, or as fast, does not.
 */
function despiteLosses(verdict: Verdict, { losses }: Measured): Verdict {
  if (losses.length === 0) return verdict;
  const losers = losses.map(({ server }) => server);
  if (verdict.kind === 'faster' && !losers.includes(verdict.ahead)) return verdict;
  return { kind: 'not-measured', reason: lossesInWords(losses) };
}

interface Family {
  readonly adjustedP: number;
  /** How many questions share what Holm's method has left to give. */
  readonly undecided: number;
}

function judge(
  { first, second }: Pick<Comparison, 'first' | 'second'>,
  { logRatio, blocks, blocksTried, floor }: Measured,
  { adjustedP, undecided }: Family,
  strictness: Strictness,
): Verdict {
  const { alpha, margin } = strictness;
  const interval = ratioInterval(logRatio, 1 - alpha);
  const pValue = differencePValue(logRatio);
  const withinMargin = equivalencePValue(logRatio, margin) < alpha;
  const beyondFloor = Math.expm1(Math.abs(logRatio.value)) > floor.share;
  if (adjustedP < alpha && beyondFloor) {
    const [ahead, behind] = logRatio.value > 0 ? [first, second] : [second, first];
    const oriented = logRatio.value > 0 ? interval : inverse(interval);
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

/** The fewest blocks to show either that one server is ahead or that the two are equivalent. */
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

function inverse({ ratio, low, high }: RatioInterval): RatioInterval {
  return { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
}
