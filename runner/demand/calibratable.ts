import type { Demand, RequestClass, Workload } from '../../workloads/workload.ts';
import type { Plan, ServerToRun, WorkloadToRun } from '../plan/plan.ts';

/** A workload whose cost can be set, and how. */
export interface CalibratableWorkload {
  readonly toRun: WorkloadToRun;
  readonly demand: Demand;
  /** What the server that sets the target is asked. */
  readonly asPlanned: RequestClass;
  readonly mostTimes: number;
  /** The parameters of so many pieces, and the request for them. */
  readonly parametersFor: (times: number) => Readonly<Record<string, number>>;
  readonly requestFor: (times: number) => RequestClass;
}

/** The workloads of a plan whose cost can be set for each server. */
export function calibratableIn({ workloads }: Pick<Plan, 'workloads'>): CalibratableWorkload[] {
  return workloads.flatMap((toRun) => {
    const { demand, requests, parameters: table } = toRun.workload;
    return demand && requests && table ? describe(toRun, demand, requests, table) : [];
  });
}

function describe(
  toRun: WorkloadToRun,
  demand: Demand,
  requests: Workload['requests'],
  table: Workload['parameters'],
): CalibratableWorkload[] {
  const { requestClass, repeatedBy } = demand;
  const pieces = demand.inPieces(toRun.parameters);
  const classIn = (classes: readonly RequestClass[]) => {
    const found = classes.find(({ name }) => name === requestClass);
    if (!found) throw new Error(`${toRun.workload.name} has no request class ${requestClass}`);
    return found;
  };
  const parametersFor = (times: number) => ({ ...pieces, [repeatedBy]: times });
  return [
    {
      toRun,
      demand,
      asPlanned: classIn(toRun.classes),
      mostTimes: table[repeatedBy]?.maximum ?? 1,
      parametersFor,
      requestFor: (times) => classIn(requests(parametersFor(times))),
    },
  ];
}

/** Whose cost is the target: the first model, or the first server where there is no model. */
export function calibrationTarget(servers: readonly ServerToRun[]): ServerToRun | undefined {
  return servers.find(({ server }) => server.kind === 'model') ?? servers[0];
}
