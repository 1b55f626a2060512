import type { CalibratedRequest } from '../../results/document/run-document.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import type { ConfiguredServer, ConfiguredWorkload, PlannedTrial } from '../plan/plan.ts';

/** A workload whose cost per request can be set, by how often a small computation is repeated. */
export interface CalibratableWorkload {
  readonly workload: ConfiguredWorkload;
  /** The request of the plan, whose cost on one server is the target. */
  readonly asPlanned: RequestClass;
  readonly mostTimes: number;
  readonly parametersFor: (times: number) => Readonly<Record<string, number>>;
  readonly requestFor: (times: number) => RequestClass;
}

/** The workloads whose cost can be set for each server. */
export function calibratableIn(workloads: readonly ConfiguredWorkload[]): CalibratableWorkload[] {
  return workloads.flatMap((workload) => {
    const { definition, parameters, classes } = workload;
    if (!definition?.demand) return [];
    const { requestClass, repeatedBy } = definition.demand;
    const pieces = definition.demand.inPieces(parameters);
    const classIn = (all: readonly RequestClass[]) => {
      const found = all.find(({ name }) => name === requestClass);
      if (!found) throw new Error(`${workload.name} has no request class ${requestClass}`);
      return found;
    };
    const parametersFor = (times: number) => ({ ...pieces, [repeatedBy]: times });
    return [
      {
        workload,
        asPlanned: classIn(classes),
        mostTimes: definition.parameters[repeatedBy]?.maximum ?? 1,
        parametersFor,
        requestFor: (times) => classIn(definition.requests(parametersFor(times))),
      },
    ];
  });
}

/** The server whose cost is the target: the first model, or the first server if there is no model. */
export function calibrationTarget(
  servers: readonly ConfiguredServer[],
): ConfiguredServer | undefined {
  return servers.find(({ kind }) => kind === 'model') ?? servers[0];
}

/** A trial with the parameters that were calibrated for its server; as planned if there are none. */
export function applyCalibration(
  trial: PlannedTrial,
  calibratedRequests: readonly CalibratedRequest[],
): PlannedTrial {
  const { server, workload } = trial;
  const calibrated = calibratedRequests.find(
    (one) => one.server === server.name && one.workload === workload.name,
  );
  if (!calibrated || !workload.definition) return trial;
  const { parameters } = calibrated;
  const classes = workload.definition.requests(parameters);
  return { ...trial, workload: { ...workload, parameters, classes } };
}
