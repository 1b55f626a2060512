import type { SettledDemand } from '../../results/document/run-document.ts';
import type { PlannedTrial } from '../plan/plan.ts';

/** A trial with the parameters that were settled for its server; as planned where none were. */
export function settleDemand(trial: PlannedTrial, demands: readonly SettledDemand[]): PlannedTrial {
  const { server, workload } = trial;
  const settled = demands.find(
    (one) => one.server === server.server.name && one.workload === workload.workload.name,
  );
  if (!settled || !workload.workload.requests) return trial;
  const { parameters } = settled;
  return {
    ...trial,
    workload: { ...workload, parameters, classes: workload.workload.requests(parameters) },
  };
}
