import type { Fairness } from '../../results/document/run-document.ts';
import { blockOrders } from '../../results/statistics/block-order.ts';
import { seededRandom, shuffled } from '../../results/statistics/random.ts';
import type { Server } from '../../servers/server.ts';
import type { RequestClass, Workload } from '../../workloads/workload.ts';
import type { Timing } from './budget.ts';
import type { CpuLayout } from './cpu-layout.ts';
import type { OptionSettings } from './server-options.ts';

/** A server, and with how many workers it will run. */
export interface ServerToRun {
  readonly server: Server;
  readonly workers: number;
  /** Where it runs already; absent for one that is to be started. */
  readonly url?: string;
  /** Where the user has set any. */
  readonly settings?: OptionSettings;
}

/** A workload, its parameters settled, and what it asks with them. */
export interface WorkloadToRun {
  readonly workload: Pick<Workload, 'name' | 'summary'> & Partial<Workload>;
  /** Those that it is asked of: not every server knows every path. */
  readonly servers: readonly ServerToRun[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly classes: readonly RequestClass[];
}

/** All that a run will do, settled before it begins. */
export interface Plan extends Timing {
  readonly servers: readonly ServerToRun[];
  readonly workloads: readonly WorkloadToRun[];
  readonly fairness: Fairness;
  readonly connections: number;
  /** The time after which no further block is begun; null when the user chose how many blocks there are to be. */
  readonly budgetSeconds: number | null;
  /** The open loops' common rate when the user has chosen it; null for one that follows from the pilots. */
  readonly ratePerSecond: number | null;
  readonly predictions: boolean;
  readonly controls: boolean;
  readonly smallestClaim: number;
  readonly cpuLayout: CpuLayout;
  readonly seed: number;
}

/** A server under a workload: what each block repeats. */
export interface PlannedCell {
  readonly server: ServerToRun;
  readonly workload: WorkloadToRun;
}

/** One trial to come, and where in the run. */
export interface PlannedTrial extends PlannedCell {
  readonly block: number;
  readonly position: number;
  readonly purpose: 'comparison' | 'control';
}

function cellsToRun(plan: Plan): PlannedCell[] {
  return plan.workloads.flatMap((workload) =>
    workload.servers.map((server) => ({ server, workload })),
  );
}

/**
 * The trials of a plan, block by block. A block holds every server once under every workload; the servers
 * that will be compared follow each other closely, so that drift of the machine meets them alike, in an order
 * that is permuted from block to block. With controls, each block also repeats one cell, a different
 * one each block.
 */
export function planBlocks(plan: Plan): PlannedTrial[][] {
  const workloads = plan.workloads.map((workload) => {
    const random = seededRandom(plan.seed, `servers under ${workload.workload.name}`);
    const byName = new Map(workload.servers.map((toRun) => [toRun.server.name, toRun]));
    return { workload, byName, orders: blockOrders([...byName.keys()], plan.blocks, random) };
  });
  const random = seededRandom(plan.seed, 'workloads');
  const controls = plan.controls ? shuffled(cellsToRun(plan), random) : [];

  return Array.from({ length: plan.blocks }, (_, block) => {
    const comparisons = shuffled(workloads, random).flatMap(({ workload, byName, orders }) =>
      (orders[block] ?? []).flatMap((name, position): PlannedTrial[] => {
        const server = byName.get(name);
        return server ? [{ block, position, purpose: 'comparison', server, workload }] : [];
      }),
    );
    const repeated = controls[block % Math.max(1, controls.length)];
    return repeated
      ? insertControl(comparisons, { ...repeated, block, position: 0, purpose: 'control' })
      : comparisons;
  });
}

/** Puts a control behind the trials of its workload: as close to the one that it repeats as the compared are to each other. */
function insertControl(trials: readonly PlannedTrial[], control: PlannedTrial): PlannedTrial[] {
  const lastOfWorkload = trials.findLastIndex(({ workload }) => workload === control.workload);
  const position = (trials[lastOfWorkload]?.position ?? 0) + 1;
  return trials.toSpliced(lastOfWorkload + 1, 0, { ...control, position });
}
