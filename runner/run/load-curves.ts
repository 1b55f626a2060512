import { type CurvePlan, loadRow, rowPart, takesLoad } from '../plan/load-row.ts';
import type { Capacity } from './capacity.ts';

/** The load curve of one workload. */
interface Curve {
  readonly capacities: Map<string, Capacity>;
  /** Fixed by the first block, so that all later ones measure the same loads. */
  row: readonly number[] | null;
  partsDone: number;
}

/**
 * The load curves of a run, one for each workload. The first block finds out what each server can take, from which the
 * loads follow; it and later blocks measure a part of them each.
 */
export class LoadCurves {
  readonly #plan: CurvePlan | null;
  readonly #curves = new Map<string, Curve>();

  /** @param plan null for a run without load curves */
  constructor(plan: CurvePlan | null) {
    this.#plan = plan;
  }

  /** Whether the capacities of servers are needed. */
  get isPlanned(): boolean {
    return this.#plan !== null;
  }

  /** Notes what a server can take under a workload. */
  learn(workload: string, server: string, capacity: Capacity): void {
    this.#curveOf(workload).capacities.set(server, capacity);
  }

  /** The loads to measure under a workload in a block; empty if the block has no part of the curve. */
  next(workload: string, block: number): number[] {
    const curve = this.#curveOf(workload);
    if (!this.#plan || block < this.#plan.firstBlock) return [];
    if (curve.partsDone >= this.#plan.parts) return [];
    const capacities = [...curve.capacities.values()];
    if (capacities.length === 0) return [];
    curve.row ??= loadRow(
      capacities.map(({ perSecond }) => perSecond),
      this.#plan.loads,
      Math.max(...capacities.map(({ generatorPerSecond }) => generatorPerSecond)),
    );
    return rowPart(curve.row, this.#plan.loadsPerBlock, curve.partsDone);
  }

  /** Whether a server is measured at a load of the curve: not if that is far too much for it. */
  takes(workload: string, server: string, load: number): boolean {
    const { row, capacities } = this.#curveOf(workload);
    return takesLoad(row ?? [], load, capacities.get(server)?.perSecond ?? 0);
  }

  /** Notes that the loads to measure next have been measured. */
  finishPart(workload: string): void {
    this.#curveOf(workload).partsDone += 1;
  }

  #curveOf(workload: string): Curve {
    const curve = this.#curves.get(workload) ?? { capacities: new Map(), row: null, partsDone: 0 };
    this.#curves.set(workload, curve);
    return curve;
  }
}
