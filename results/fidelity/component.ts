import type { PlannedServer, PlannedWorkload, RunDocument } from '../run-document.ts';
import type { ByBlock } from '../statistics/spread.ts';
import { geometricMeanOf } from '../statistics/summary.ts';
import type { Counterparts } from './counterparts.ts';
import { type Fidelity, fidelityFrom } from './fidelity.ts';

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

/** The values of the blocks that have both. */
export function paired(model: ByBlock, original: ByBlock): { model: number; original: number }[] {
  return [...model].flatMap(([block, value]) => {
    const other = original.get(block);
    return other === undefined ? [] : [{ model: value, original: other }];
  });
}

export const logRatios = (pairs: readonly { model: number; original: number }[]): number[] =>
  pairs.map(({ model, original }) => Math.log(model / original));

/** A quantity that each block has once for each of the two, above 0. Of geometric means the ratio is that of the typical block. */
export function componentFrom(
  about: Pick<Component, 'kind' | 'quantity'>,
  model: ByBlock,
  original: ByBlock,
): Component {
  const pairs = paired(model, original);
  const fidelity = fidelityFrom(logRatios(pairs));
  if (!fidelity) return missing(about, 'no block has both');
  return {
    ...about,
    model: geometricMeanOf(pairs.map((pair) => pair.model)),
    original: geometricMeanOf(pairs.map((pair) => pair.original)),
    blocks: pairs.length,
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
