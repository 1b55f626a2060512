import { blockOrders } from '../results/statistics/block-order.ts';
import { seededRandom, shuffled } from '../results/statistics/random.ts';
import type { Server } from '../servers/server.ts';
import type { RequestClass, Workload } from '../workloads/workload.ts';

/** A server, and with how many workers it will run. */
export interface ServerToRun {
  readonly server: Server;
  readonly workers: number;
}

/** A workload, its parameters settled, and what it asks with them. */
export interface WorkloadToRun {
  readonly workload: Workload;
  readonly parameters: Readonly<Record<string, number>>;
  readonly classes: readonly RequestClass[];
}

/** All that a run will do, settled before it begins. */
export interface Plan {
  readonly servers: readonly ServerToRun[];
  readonly workloads: readonly WorkloadToRun[];
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly durationSeconds: number;
  readonly blocks: number;
  readonly seed: number;
}

/** One trial to come: which server, under which workload, and where in the run. */
export interface PlannedTrial {
  readonly block: number;
  readonly position: number;
  readonly server: ServerToRun;
  readonly workload: WorkloadToRun;
}

/**
 * The trials of a plan in the order in which to run them. A block holds every server once under every
 * workload; the servers that will be compared follow each other closely, so that drift of the machine
 * meets them alike, in an order that is permuted from block to block.
 */
export function orderTrials(plan: Plan): PlannedTrial[] {
  const byName = new Map(plan.servers.map((toRun) => [toRun.server.name, toRun]));
  const workloads = plan.workloads.map((workload) => {
    const random = seededRandom(plan.seed, `servers under ${workload.workload.name}`);
    return { workload, orders: blockOrders([...byName.keys()], plan.blocks, random) };
  });
  const random = seededRandom(plan.seed, 'workloads');
  return Array.from({ length: plan.blocks }, (_, block) =>
    shuffled(workloads, random).flatMap(({ workload, orders }) =>
      (orders[block] ?? []).flatMap((name, position) => {
        const server = byName.get(name);
        return server ? [{ block, position, server, workload }] : [];
      }),
    ),
  ).flat();
}
