import type { CalibratedRequest, PlannedServer, RunDocument } from '../document/run-document.ts';
import { atOnceComponent } from './at-once.ts';
import { type Component, type Match, missing } from './component.ts';
import { type Counterparts, counterpartsAmong } from './counterparts.ts';
import { type Fidelity, meanFidelity } from './fidelity.ts';
import { interferenceComponent } from './interference.ts';
import { tailComponent } from './tail.ts';
import { throughputComponent } from './throughput.ts';

/** How faithful a model is to its original under one workload. */
export interface WorkloadFidelity {
  readonly workload: string;
  /** The measures that apply to the workload, compared or not. */
  readonly components: readonly Component[];
  /** Over those that could be compared; null where none could. */
  readonly fidelity: Fidelity | null;
}

/** How faithful a model is to its original over all workloads that both were asked. */
export interface PairFidelity extends Counterparts<PlannedServer> {
  readonly workloads: readonly WorkloadFidelity[];
  readonly fidelity: Fidelity | null;
}

/**
 * Every pair of model and original of a run. Only where all servers were given work of the same demand does it mean
 * something: otherwise what differs is the language as much as the model.
 */
export function fidelitiesOf(document: RunDocument): PairFidelity[] {
  return counterpartsAmong(document.plan.servers).map(({ model, original }) => {
    const workloads = document.plan.workloads
      .filter(({ servers }) => servers.includes(model.name) && servers.includes(original.name))
      .map((workload) => workloadFidelity({ document, workload, model, original }));
    const fidelity = meanFidelity(workloads.flatMap((one) => one.fidelity ?? []));
    return { model, original, workloads, fidelity };
  });
}

function workloadFidelity(match: Match): WorkloadFidelity {
  const unequal = whyUnequal(match);
  const measured = [
    throughputComponent(match),
    interferenceComponent(match),
    tailComponent(match),
  ].filter((component) => component !== null);
  const most = Math.max(...measured.map(({ blocks }) => blocks));
  const components = [...measured.map((one) => unlessAlone(one, most)), atOnceComponent(match)]
    .filter((component) => component !== null)
    .map((component) => (unequal === null ? component : missing(component, unequal)));
  const compared = components.flatMap(({ kind, fidelity }) =>
    fidelity ? [{ kind, fidelity }] : [],
  );
  // One traced run says how requests are held, but nothing of how well they are served.
  const isMeasured = compared.some(({ kind }) => kind !== 'at-once');
  const parts = compared.map(({ kind, fidelity }) =>
    kind === 'at-once' ? asPoint(fidelity) : fidelity,
  );
  const fidelity = isMeasured ? meanFidelity(parts) : null;
  return { workload: match.workload.name, components, fidelity };
}

/** One block that is left of several has no interval, and would take that of the whole score with it. */
const unlessAlone = (component: Component, mostBlocks: number): Component =>
  component.blocks === 1 && mostBlocks > 1
    ? missing(component, `only one of ${mostBlocks} blocks has both`)
    : component;

/** Costs this far apart, as a share, still show the same queues: throughput is held against each one's own ideal. */
const largestDifference = 0.1;

/** Why the two were not asked for the same demand; null where they were, or nearly. */
function whyUnequal({ document, workload, model, original }: Match): string | null {
  const [found] = document.calibratedRequests.filter(
    (demand) =>
      demand.reason !== null &&
      !isNear(demand) &&
      demand.workload === workload.name &&
      [model.name, original.name].includes(demand.server),
  );
  return found ? `${found.server} was not asked for the same demand: ${found.reason}` : null;
}

const isNear = ({ cpuSeconds, targetCpuSeconds }: CalibratedRequest): boolean =>
  cpuSeconds !== null &&
  targetCpuSeconds !== null &&
  Math.abs(cpuSeconds / targetCpuSeconds - 1) <= largestDifference;

/** One traced run has no spread to make an interval of: it moves that of a mean with others, and does not widen it. */
function asPoint({ score }: Fidelity): Fidelity {
  return { score, interval: { low: score, high: score } };
}
