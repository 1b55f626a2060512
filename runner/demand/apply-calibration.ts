import type { CalibratedRequest } from '../../results/document/run-document.ts';
import type { PlannedTrial } from '../plan/plan.ts';

/** A trial with the parameters that were settled for its server; as planned where none were. */
export function applyCalibration(
  trial: PlannedTrial,
  calibratedRequests: readonly CalibratedRequest[],
): PlannedTrial {
  const { server, workload } = trial;
  const settled = calibratedRequests.find(
    (one) => one.server === server.server.name && one.workload === workload.workload.name,
  );
  if (!settled || !workload.workload.requests) return trial;
  const { parameters } = settled;
  return {
    ...trial,
    workload: { ...workload, parameters, classes: workload.workload.requests(parameters) },
  };
}
