import type { PlannedServer, PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { pairedByBlock } from '../statistics/log-ratio.ts';
import type { ByBlock } from '../statistics/summary.ts';
import { geometricMeanOf } from '../statistics/summary.ts';
import type { Counterparts } from './counterparts.ts';
import { type Fidelity, fidelityFrom, meanFidelity } from './fidelity.ts';

/** A model and its original under one workload of a run. */
export interface Match extends Counterparts<PlannedServer> {
  readonly document: RunDocument;
  readonly workload: PlannedWorkload;
}

/** One of the measures by which a model is held against its original. */
export interface Component {
  readonly kind: 'throughput' | 'interference' | 'tail' | 'at-once';
  /** The quantity, as "p95 over median response time". */
  readonly quantity: string;
  /** The typical value on each side; null where there is none. */
  readonly model: number | null;
  readonly original: number | null;
  /** The blocks that have both; 0 where nothing was replicated. */
  readonly blocks: number;
  /** Null where the two could not be compared; `missing` then says why. */
  readonly fidelity: Fidelity | null;
  readonly missing: string | null;
}

/** What each block has of the two under one condition, above 0. */
export interface Sides {
  readonly model: ByBlock;
  readonly original: ByBlock;
}

/**
 * A quantity under several conditions, each of which counts alike: a lead under one does not make up for a lag under
 * another. Of geometric means the ratio is that of the typical block.
 */
export function componentOver(
  about: Pick<Component, 'kind' | 'quantity'>,
  conditions: readonly Sides[],
  whyNone = 'no block has both',
): Component {
  const pairs = conditions.map(({ model, original }) => pairedByBlock(model, original));
  const fidelity = meanFidelity(
    pairs.flatMap((blocks) => fidelityFrom(blocks.map(({ a, b }) => Math.log(a / b))) ?? []),
  );
  if (!fidelity) return missing(about, whyNone);
  const all = pairs.flat();
  return {
    ...about,
    model: geometricMeanOf(all.map(({ a }) => a)),
    original: geometricMeanOf(all.map(({ b }) => b)),
    blocks: Math.max(...pairs.map((blocks) => blocks.length)),
    fidelity,
    missing: null,
  };
}

export function missing(
  { kind, quantity }: Pick<Component, 'kind' | 'quantity'>,
  reason: string,
): Component {
  return {
    kind,
    quantity,
    model: null,
    original: null,
    blocks: 0,
    fidelity: null,
    missing: reason,
  };
}
