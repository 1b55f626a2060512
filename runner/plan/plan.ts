import type { Fairness, ServerOn } from '../../results/document/run-document.ts';
import { blockOrders } from '../../results/statistics/block-order.ts';
import { seededRandom, shuffled } from '../../results/statistics/random.ts';
import type { Availability, Server } from '../../servers/server.ts';
import { endpointsOf } from '../../workloads/endpoints.ts';
import type { Objective, RequestClass, Workload } from '../../workloads/workload.ts';
import type { LoadWorkersPlan } from '../load/workers/load-workers.ts';
import type { Sweep, Timing } from './budget.ts';
import type { CpuLayout } from './cpu-layout.ts';
import type { DatabasePlan } from './database.ts';
import type { ServerOptions } from './pool-options.ts';
import { type PlannedWindow, type WorkloadWithWindows, windowsOf } from './windows.ts';

/** A server with the settings that it runs with. */
export interface ConfiguredServer extends Server {
  readonly workers: number;
  /** Where the plan has it with several numbers of workers: its name without the number. */
  readonly variantOf?: string;
  /** Where the server runs already; absent if the run starts it. */
  readonly url?: string;
  readonly settings?: ServerOptions;
  /** Set once the server has been probed and can run here. */
  readonly version?: string;
  /** Set once the server has been found not to run here. */
  readonly unavailable?: {
    readonly reason: string;
    readonly advice?: string;
    /** Whether it was tried, and failed. */
    readonly isFailure?: true;
  };
}

/** A workload with the values of its parameters and the requests that follow from them. */
export interface ConfiguredWorkload extends WorkloadWithWindows {
  readonly name: string;
  readonly summary: string;
  /** Null for a path of the user's own code, whose work is unknown. */
  readonly definition: Workload | null;
  /** Set where the definition is null. */
  readonly isUnknown?: true;
  /** The names of the servers that it is sent to: not every server knows every path. */
  readonly servers: readonly string[];
  /** The names of the servers that are also loaded over fewer connections. */
  readonly sweptServers: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly classes: readonly RequestClass[];
  /** The response times that the load curve is searched for. */
  readonly objectives: readonly Objective[];
  /** The connections of its closed loop; left out if it has those of the plan. */
  readonly connections?: number;
}

/** Everything that a run will do, decided before it begins. */
export interface Plan extends Timing {
  readonly servers: readonly ConfiguredServer[];
  readonly workloads: readonly ConfiguredWorkload[];
  readonly fairness: Fairness;
  readonly connections: number;
  readonly sweep: Sweep;
  /** The shared rate of open loops by workload, where it does not follow from the pilots. */
  readonly ratesPerSecond: ReadonlyMap<string, number>;
  readonly predictions: boolean;
  readonly controls: boolean;
  readonly smallestClaim: number;
  /** The share of the run that may be spent on waits for a quiet machine, and on repeats. */
  readonly patientShare: number;
  /** As typed, and checked. */
  readonly assertions: readonly string[];
  readonly cpuLayout: CpuLayout;
  /** Whether certificates of servers are not verified. */
  readonly insecure: boolean;
  /** The address on which the servers listen, and to which the load is sent. */
  readonly serverAddress: string;
  /** Absent for servers on this machine. */
  readonly serverOn?: ServerOn;
  /** Null where the load comes from this machine alone. */
  readonly loadWorkers: LoadWorkersPlan | null;
  /** Null where no workload needs a database. */
  readonly database: DatabasePlan | null;
  readonly seed: number;
}

/** A trial to come, and its place in the run. */
export interface PlannedTrial {
  readonly server: ConfiguredServer;
  readonly workload: ConfiguredWorkload;
  readonly block: number;
  readonly position: number;
  readonly purpose: 'comparison' | 'control';
  readonly sweep: Sweep | null;
  /** Whether all comparisons of the server are decided, and only its load curve is left to measure. */
  readonly curveOnly: boolean;
}

/** The trials of one workload in one block: their servers run side by side, and are measured in turns. */
export interface PlannedGroup {
  readonly workload: ConfiguredWorkload;
  readonly block: number;
  /** In the order in which their servers are measured. */
  readonly trials: readonly PlannedTrial[];
  readonly windows: readonly PlannedWindow[];
  /** Whether the group belongs to the first block, which finds out what later blocks and predictions need. */
  readonly isPilot: boolean;
}

/** Asks every server of a plan whether it can run on its machine, and which version it is. */
export async function probeServers(
  plan: Plan,
  probe: (server: ConfiguredServer) => Promise<Availability> = (server) => server.probe(),
): Promise<Plan> {
  const servers = plan.servers.map(async (server): Promise<ConfiguredServer> => {
    const found = await probe(server);
    return found.available
      ? { ...server, version: found.version }
      : { ...server, unavailable: { reason: found.reason, advice: found.advice } };
  });
  return { ...plan, servers: await Promise.all(servers) };
}

/** Why a server cannot run here, and what would help; null if it can. */
export function whyUnavailable({ unavailable }: ConfiguredServer): string | null {
  if (!unavailable) return null;
  const { reason, advice } = unavailable;
  if (advice === undefined) return reason;
  return `${reason}${reason.includes('\n') ? '\n' : '. '}${advice}`;
}

/** Why a workload cannot be measured on a server; null if it can. */
export function whyNotMeasured(
  server: ConfiguredServer,
  { classes }: Pick<ConfiguredWorkload, 'classes'>,
): string | null {
  const missing = endpointsOf(classes).find((name) => !(server.serves?.includes(name) ?? true));
  if (missing === undefined) return whyUnavailable(server);
  return `${server.name} does not serve /${missing}`;
}

/**
 * The trials of a plan, block by block. A block holds a group for each workload, and a group every server once, in an
 * order that is permuted from block to block. With controls, each block also repeats one of its trials, a different one
 * in each block.
 */
export function planBlocks(plan: Plan): PlannedGroup[][] {
  const serverNamed = new Map(plan.servers.map((server) => [server.name, server]));
  const workloads = plan.workloads.map((workload) => {
    const random = seededRandom(plan.seed, `servers under ${workload.name}`);
    return { workload, orders: blockOrders(workload.servers, plan.blocks, random) };
  });
  const random = seededRandom(plan.seed, 'workloads');
  const pairs = plan.workloads.flatMap((workload) =>
    workload.servers.map((name) => ({ workload, name })),
  );
  const controls = plan.controls ? shuffled(pairs, random) : [];

  return Array.from({ length: plan.blocks }, (_, block) => {
    const control = controls[block % Math.max(1, controls.length)];
    const order = shuffled(workloads, random).toSorted(ownConnectionsLast);
    return order.map(({ workload, orders }): PlannedGroup => {
      const trials = (orders[block] ?? []).flatMap((name, position): PlannedTrial[] => {
        const server = serverNamed.get(name);
        if (!server) return [];
        const sweep = workload.sweptServers.includes(name) ? plan.sweep : null;
        return [
          { server, workload, block, position, purpose: 'comparison', sweep, curveOnly: false },
        ];
      });
      return {
        workload,
        block,
        trials: control?.workload === workload ? withControl(trials, control.name) : trials,
        windows: windowsOf(workload, plan, block),
        isPilot: block === 0 && workload.connections === undefined,
      };
    });
  });
}

/** Adds a control after the other trials of a group. A control measures noise, and needs no sweep for that. */
function withControl(trials: readonly PlannedTrial[], name: string): PlannedTrial[] {
  const repeated = trials.find(({ server }) => server.name === name);
  if (!repeated) return [...trials];
  return [...trials, { ...repeated, position: trials.length, purpose: 'control', sweep: null }];
}

type OfWorkload = { readonly workload: ConfiguredWorkload };

/**
 * Workloads with connections of their own are the last of a block: thousands of clients who gave up leave requests in
 * the queues of some servers, which serve them while the next workload is measured.
 */
const ownConnectionsLast = (one: OfWorkload, other: OfWorkload): number =>
  Number(one.workload.connections !== undefined) - Number(other.workload.connections !== undefined);
