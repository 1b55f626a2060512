import type { RunDocument } from '../../results/document/run-document.ts';
import { loadCurvesOf } from '../../results/load-curve/load-curve.ts';
import {
  type CurvePlan,
  furtherLoads,
  loadRow,
  ownLoads,
  rowPart,
  takesLoad,
} from '../plan/load-row.ts';
import type { Capacity } from './capacity.ts';

/** The load curve of one workload. */
interface Curve {
  readonly capacities: Map<string, Capacity>;
  /** Fixed by the first block, so that all later ones measure the same loads. */
  row: readonly number[] | null;
  /** The loads that one server alone is measured at, by its name. */
  readonly own: Map<string, readonly number[]>;
  partsDone: number;
  /**
   * The highest loads that servers still take, by their names: their saturation, once the loads at which they reach their
   * objectives are known. Null until every load of the row was measured once.
   */
  refined: Map<string, number> | null;
}

/**
 * The load curves of a run, one for each workload. The first block finds out what each server can take, from which the
 * loads follow; it and later blocks measure a part of them each. Once all were measured, each server has the loads at
 * which it reaches its objectives instead of those that are too much for it.
 */
export class LoadCurves {
  readonly #plan: CurvePlan | null;
  readonly #curves = new Map<string, Curve>();
  #firstBlock: number;
  #postponed = 0;

  /** @param plan null for a run without load curves */
  constructor(plan: CurvePlan | null) {
    this.#plan = plan;
    this.#firstBlock = plan?.firstBlock ?? 0;
  }

  /** Whether the capacities of servers are needed. */
  get isPlanned(): boolean {
    return this.#plan !== null;
  }

  /** How many parts until each load was measured once. */
  get partsForOnce(): number {
    if (!this.#plan) return 0;
    const { loads, loadsPerBlock } = this.#plan;
    const measurable = [...this.#curves.values()].filter(({ capacities }) => capacities.size > 0);
    return Math.max(
      0,
      ...measurable.map(
        ({ row, partsDone }) => Math.ceil((row?.length ?? loads) / loadsPerBlock) - partsDone,
      ),
    );
  }

  /** Measures the first part in this block at the latest. */
  begin(block: number): void {
    this.#firstBlock = Math.min(this.#firstBlock, block);
  }

  /** Leaves a block to comparisons: its part of the curves waits for the next one. */
  postpone(block: number): void {
    this.#firstBlock = block + 1;
    this.#postponed += 1;
  }

  /** How many blocks were left to comparisons. */
  get postponed(): number {
    return this.#postponed;
  }

  /** Notes what a server can take under a workload. */
  learn(workload: string, server: string, capacity: Capacity): void {
    this.#curveOf(workload).capacities.set(server, capacity);
  }

  /** The loads to measure under a workload in a block; empty if the block has no part of the curve. */
  next(workload: string, block: number): number[] {
    const curve = this.#curveOf(workload);
    if (!this.#plan || block < this.#firstBlock) return [];
    if (curve.partsDone >= this.#plan.parts) return [];
    const capacities = [...curve.capacities.values()];
    if (capacities.length === 0) return [];
    const { loads, loadsPerBlock } = this.#plan;
    if (curve.row === null) {
      curve.row = loadRow(
        capacities.map(({ perSecond }) => perSecond),
        loads,
        Math.max(...capacities.map(({ generatorPerSecond }) => generatorPerSecond)),
      );
      for (const [server, { perSecond }] of curve.capacities) {
        curve.own.set(server, ownLoads(curve.row, perSecond));
      }
    }
    const own = [...curve.own.values()].flatMap((all) =>
      rowPart(all, Math.ceil((all.length * loadsPerBlock) / loads), curve.partsDone),
    );
    // Servers alike may have the same ones.
    return [...new Set([...rowPart(curve.row, loadsPerBlock, curve.partsDone), ...own])];
  }

  /** Whether a server is measured at a load of the curve: not if that is far too much for it, or another server's own. */
  takes(workload: string, server: string, load: number): boolean {
    const { row, own, capacities, refined } = this.#curveOf(workload);
    if (own.get(server)?.includes(load)) return true;
    const capacity = capacities.get(server)?.perSecond ?? 0;
    if (load > (refined?.get(server) ?? Number.POSITIVE_INFINITY)) return false;
    const isCommon = row?.includes(load) ?? false;
    return isCommon && takesLoad(row ?? [], load, capacity);
  }

  /**
   * Takes from what was measured the loads at which servers reach their objectives, once for each workload. Where the
   * saturation is known from closed loops, too, these loads replace the ones above it.
   */
  refine(document: RunDocument): void {
    for (const workload of document.plan.workloads) {
      const curve = this.#curves.get(workload.name);
      if (!this.#plan || !curve?.row || curve.refined) continue;
      const { row, own, partsDone } = curve;
      if (partsDone * this.#plan.loadsPerBlock < row.length) continue;
      curve.refined = new Map();
      for (const { server, closedLoop, objectives } of loadCurvesOf(document, workload).servers) {
        const known = own.get(server) ?? [];
        const reached = objectives.flatMap(({ capacity }) =>
          capacity.kind === 'measured' ? [capacity.perSecond] : [],
        );
        const further = furtherLoads([...row, ...known], reached);
        own.set(server, [...known, ...further]);
        const learned = curve.capacities.get(server)?.perSecond ?? 0;
        if (further.length > 0 && closedLoop) {
          curve.refined.set(server, Math.max(closedLoop.perSecond, learned));
        }
      }
    }
  }

  /** What a request takes at least; 0 where that is not known. */
  fastestMs(workload: string, server: string): number {
    return this.#curveOf(workload).capacities.get(server)?.fastestMs ?? 0;
  }

  /** Notes that the loads to measure next have been measured. */
  finishPart(workload: string): void {
    this.#curveOf(workload).partsDone += 1;
  }

  #curveOf(workload: string): Curve {
    const curve = this.#curves.get(workload) ?? {
      capacities: new Map(),
      row: null,
      own: new Map(),
      partsDone: 0,
      refined: null,
    };
    this.#curves.set(workload, curve);
    return curve;
  }
}
