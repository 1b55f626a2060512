import type { Fairness } from '../../results/document/run-document.ts';
import { blockOrders } from '../../results/statistics/block-order.ts';
import { seededRandom, shuffled } from '../../results/statistics/random.ts';
import type { Server } from '../../servers/server.ts';
import type { RequestClass, Workload } from '../../workloads/workload.ts';
import type { Sweep, Timing, TrialSteps } from './budget.ts';
import type { CpuLayout } from './cpu-layout.ts';
import type { ServerOptions } from './pool-options.ts';

/** A server with the settings that it runs with. */
export interface ConfiguredServer extends Server {
  readonly workers: number;
  /** Where the server runs already; absent if the run starts it. */
  readonly url?: string;
  readonly settings?: ServerOptions;
  /** Set once the server has been probed and can run here. */
  readonly version?: string;
  /** Set once the server has been found not to run here. */
  readonly unavailable?: { readonly reason: string; readonly advice?: string };
}

/** A workload with the values of its parameters and the requests that follow from them. */
export interface ConfiguredWorkload {
  readonly name: string;
  readonly summary: string;
  /** Null for a path of a custom server, whose work is unknown. */
  readonly definition: Workload | null;
  /** The names of the servers that it is sent to: not every server knows every path. */
  readonly servers: readonly string[];
  /** The names of the servers that are also loaded over fewer connections. */
  readonly sweptServers: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly classes: readonly RequestClass[];
}

/** Everything that a run will do, decided before it begins. */
export interface Plan extends Timing {
  readonly servers: readonly ConfiguredServer[];
  readonly workloads: readonly ConfiguredWorkload[];
  readonly fairness: Fairness;
  readonly connections: number;
  readonly sweep: Sweep;
  /** The time after which no further block begins; null if the user chose the number of blocks. */
  readonly budgetSeconds: number | null;
  /** The shared rate of open loops if the user chose it; null if it follows from the pilots. */
  readonly ratePerSecond: number | null;
  readonly predictions: boolean;
  readonly controls: boolean;
  readonly smallestClaim: number;
  readonly cpuLayout: CpuLayout;
  readonly seed: number;
}

/** A trial to come, and its place in the run. */
export interface PlannedTrial extends TrialSteps {
  readonly server: ConfiguredServer;
  readonly workload: ConfiguredWorkload;
  readonly block: number;
  readonly position: number;
  readonly purpose: 'comparison' | 'control';
}

/** Asks every server of a plan whether it can run here, and which version it is. */
export async function probeServers(plan: Plan): Promise<Plan> {
  const servers = plan.servers.map(async (server): Promise<ConfiguredServer> => {
    const found = await server.probe();
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

/**
 * The trials of a plan, block by block. A block holds every server once under every workload; the servers
 * that will be compared follow each other closely, so that drift of the machine affects them alike, in an order
 * that is permuted from block to block. With controls, each block also repeats one of its trials, a different
 * one in each block.
 */
export function planBlocks(plan: Plan): PlannedTrial[][] {
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
    const rates = block === 0 ? [] : plan.rates;
    const comparisons = shuffled(workloads, random).flatMap(({ workload, orders }) =>
      (orders[block] ?? []).flatMap((name, position): PlannedTrial[] => {
        const server = serverNamed.get(name);
        if (!server) return [];
        const sweep = workload.sweptServers.includes(name) ? plan.sweep : null;
        const steps = { isPilot: block === 0, rates, sweep };
        return [{ server, workload, block, position, purpose: 'comparison', ...steps }];
      }),
    );
    const repeated = controls[block % Math.max(1, controls.length)];
    return repeated ? withControl(comparisons, repeated) : comparisons;
  });
}

/**
 * Adds a control after the trials of its workload, so that it is as close to the trial that it repeats as compared trials
 * are to each other. A control measures noise, and needs neither pilot nor sweep for that.
 */
function withControl(
  trials: readonly PlannedTrial[],
  { workload, name }: { readonly workload: ConfiguredWorkload; readonly name: string },
): PlannedTrial[] {
  const repeated = trials.find(
    (trial) => trial.workload === workload && trial.server.name === name,
  );
  if (!repeated) return [...trials];
  const last = trials.findLastIndex((trial) => trial.workload === workload);
  const position = (trials[last]?.position ?? 0) + 1;
  const control: PlannedTrial = {
    ...repeated,
    position,
    purpose: 'control',
    isPilot: false,
    sweep: null,
  };
  return trials.toSpliced(last + 1, 0, control);
}
