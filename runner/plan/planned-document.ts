import {
  type Environment,
  type PlannedServer,
  type PlannedWorkload,
  type RunDocument,
  runDocumentVersion,
} from '../../results/document/run-document.ts';
import type { Availabilities } from './availability.ts';
import type { Plan, ServerToRun, WorkloadToRun } from './plan.ts';

/** The run document of a plan before its first trial. */
export function plannedDocument(
  plan: Plan,
  environment: Environment,
  availabilities: Availabilities,
  command: readonly string[],
  startedAt: Date,
): RunDocument {
  return {
    schema: 'concurrency-bench/run',
    version: runDocumentVersion,
    status: 'running',
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    command: [...command],
    seed: plan.seed,
    environment,
    plan: {
      servers: plan.servers.map((toRun) => describeServer(toRun, availabilities)),
      workloads: plan.workloads.map(describeWorkload),
      fairness: plan.fairness,
      connections: plan.connections,
      durationSeconds: plan.durationSeconds,
      warmupSeconds: plan.warmupSeconds,
      blocks: plan.blocks,
      smallestClaim: plan.smallestClaim,
      cpuLayout: plan.cpuLayout,
    },
    calibratedRequests: [],
    pilots: [],
    traces: [],
    noiseProbes: [],
    trials: [],
  };
}

function describeServer(
  { server, workers, settings, url }: ServerToRun,
  availabilities: Availabilities,
): PlannedServer {
  const { name, kind, summary, models, modelledBy, keepAlive } = server;
  const availability = availabilities.get(name);
  const version = availability?.available ? availability.version : 'not available here';
  const options = { ...settings?.options };
  const attached = url === undefined ? {} : ({ attached: true } as const);
  return {
    name,
    kind,
    summary,
    ...(models !== undefined && { models }),
    ...(modelledBy !== undefined && { modelledBy }),
    version,
    workers,
    options,
    keepAlive,
    ...attached,
  };
}

function describeWorkload({
  workload,
  servers,
  parameters,
  classes,
}: WorkloadToRun): PlannedWorkload {
  return {
    name: workload.name,
    summary: workload.summary,
    parameters: { ...parameters },
    servers: servers.map(({ server }) => server.name),
    classes: classes.map(({ name, weight, path, waitMs }) => ({ name, weight, path, waitMs })),
  };
}
