import type { CalibratedRequest, PlannedServer, RunDocument } from '../document/run-document.ts';
import { type Component, type Fidelity, type Match, meanFidelity, missing } from './fidelity.ts';
import { type ModelAndReference, modelPairsAmong } from './pairs.ts';
import { interferenceComponent, tailComponent } from './response-time.ts';
import { throughputComponent } from './throughput.ts';

/** How closely a model matches its reference under one workload. */
export interface WorkloadFidelity {
  readonly workload: string;
  /** The measures that apply to the workload, compared or not. */
  readonly components: readonly Component[];
  /** The mean over the measures that could be compared; null where none could. */
  readonly fidelity: Fidelity | null;
}

/** How closely a model matches its reference over all workloads that ran on both. */
export interface ModelFidelity extends ModelAndReference<PlannedServer> {
  readonly workloads: readonly WorkloadFidelity[];
  readonly fidelity: Fidelity | null;
}

/**
 * The fidelity of each model to each of its references. Empty unless requests were calibrated to cost every server the
 * same CPU time: otherwise the language makes as much of a difference as the model.
 */
export function modelFidelities(document: RunDocument): ModelFidelity[] {
  if (document.plan.fairness !== 'demand') return [];
  return modelPairsAmong(document.plan.servers).map(({ model, reference }) => {
    const workloads = document.plan.workloads
      .filter(({ servers }) => servers.includes(model.name) && servers.includes(reference.name))
      .map((workload) => workloadFidelity({ document, workload, model, reference }));
    const fidelity = meanFidelity(workloads.flatMap((one) => one.fidelity ?? []));
    return { model, reference, workloads, fidelity };
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
  const components = measured.map((component) =>
    unequal === null ? unlessSingle(component, most) : missing(component, unequal),
  );
  const fidelity = meanFidelity(components.flatMap((component) => component.fidelity ?? []));
  return { workload: match.workload.name, components, fidelity };
}

/** Leaves out a component with one block: it has no interval, so the total would have none. */
const unlessSingle = (component: Component, mostBlocks: number): Component =>
  component.blocks === 1 && mostBlocks > 1
    ? missing(component, `only one of ${mostBlocks} blocks has both`)
    : component;

/** Model and reference are compared if their CPU time per request differs by no more than this share. */
const largestDifference = 0.1;

/** Why a request does not cost the two about the same CPU time; null where it does. */
function whyUnequal({ document, workload, model, reference }: Match): string | null {
  const found = document.calibratedRequests.find(
    (request) =>
      request.reason !== null &&
      !isNearTarget(request) &&
      request.workload === workload.name &&
      [model.name, reference.name].includes(request.server),
  );
  return found ? `the CPU time on ${found.server} is not equal: ${found.reason}` : null;
}

const isNearTarget = ({ cpuSeconds, targetCpuSeconds }: CalibratedRequest): boolean =>
  cpuSeconds !== null &&
  targetCpuSeconds !== null &&
  Math.abs(cpuSeconds / targetCpuSeconds - 1) <= largestDifference;
