import type { PlannedServer, RunDocument } from '../document/run-document.ts';
import { trialsOf, valuesByBlock } from '../select.ts';
import type { RatioInterval } from '../statistics/log-ratio.ts';
import { type Spread, spreadOf } from '../statistics/summary.ts';
import { throughputComparison, valueRatio } from '../verdicts/ranking.ts';
import type { Comparison } from '../verdicts/verdict.ts';
import { type Counterparts, counterpartsAmong } from './counterparts.ts';

/** A model and a real system that it stands for, under one workload. */
export interface Likeness {
  readonly workload: string;
  readonly model: Spread | null;
  readonly original: Spread | null;
  /** The original's throughput over the model's, with its 95 % interval. */
  readonly ratio: RatioInterval | null;
}

export interface Pair extends Counterparts<PlannedServer> {
  readonly likenesses: readonly Likeness[];
}

/** Every real system of a run beside the model that stands for it, where both ran. */
export function pairsOf(document: RunDocument, comparisons: readonly Comparison[]): Pair[] {
  const { servers, workloads } = document.plan;
  return counterpartsAmong(servers).map(({ model, original }) => {
    const likenesses = workloads.map(({ name: workload }): Likeness => {
      const valueOf = (server: PlannedServer) =>
        spreadOf(
          valuesByBlock(
            trialsOf(document, { server: server.name, workload }),
            'closed',
            (one) => one.throughputPerSecond,
          ),
        );
      const comparison = throughputComparison(comparisons, workload, original.name, model.name);
      const ratio = comparison ? valueRatio(comparison, original.name) : null;
      return { workload, model: valueOf(model), original: valueOf(original), ratio };
    });
    return { model, original, likenesses };
  });
}
