import type { RunDocument } from '../document/run-document.ts';
import { throughputComparison } from '../verdicts/ranking.ts';
import type { Comparison } from '../verdicts/verdict.ts';
import { type Counterparts, counterpartsAmong } from './counterparts.ts';

type Names = Counterparts<string>;

/** Two pairs whose models stand the one way round, and whose originals the other. */
export type Reversal = readonly [Names, Names];

/** Whether the originals stand under a workload as their models do, by throughput. */
export interface Ranking {
  readonly workload: string;
  /** Pairs of pairs that could be ranked on both sides. */
  readonly ranked: number;
  /** Those in which both sides have the same one ahead, or neither tells the two apart. */
  readonly agreeing: number;
  readonly reversed: readonly Reversal[];
}

/** Of every workload under which two models and their originals were compared. */
export function rankingsOf({ plan }: RunDocument, comparisons: readonly Comparison[]): Ranking[] {
  const pairs = counterpartsAmong(plan.servers).map(({ model, original }) => ({
    model: model.name,
    original: original.name,
  }));
  const couples = pairs.flatMap((first, index) =>
    pairs
      .slice(index + 1)
      .filter(({ model }) => model !== first.model)
      .map((second): Reversal => [first, second]),
  );
  return plan.workloads.flatMap(({ name: workload }) => {
    const ahead = (one: string, other: string) => aheadOf(comparisons, workload, one, other);
    const ranked = couples.flatMap((couple) => {
      const [first, second] = couple;
      const models = ahead(first.model, second.model);
      const originals = ahead(first.original, second.original);
      return models === null || originals === null ? [] : [{ couple, models, originals }];
    });
    const agreeing = ranked.filter(({ models, originals }) => models === originals);
    const reversed = ranked.filter(({ models, originals }) => models * originals < 0);
    return ranked.length === 0
      ? []
      : [
          {
            workload,
            ranked: ranked.length,
            agreeing: agreeing.length,
            reversed: reversed.map(({ couple }) => couple),
          },
        ];
  });
}

/** 1 when the one serves more, −1 when the other does, 0 where the verdict tells of no difference; null without one. */
function aheadOf(
  comparisons: readonly Comparison[],
  workload: string,
  one: string,
  other: string,
): 1 | 0 | -1 | null {
  const verdict = throughputComparison(comparisons, workload, one, other)?.verdict;
  if (!verdict || verdict.kind === 'not-measured') return null;
  if (verdict.kind !== 'faster') return 0;
  return verdict.ahead === one ? 1 : -1;
}
