import {
  type Environment,
  type PlannedServer,
  type PlannedWorkload,
  type RunDocument,
  runDocumentVersion,
} from '../../results/document/run-document.ts';
import type { ConfiguredServer, ConfiguredWorkload, Plan } from './plan.ts';

/** The run document of a plan before its first trial. */
export function plannedDocument(
  plan: Plan,
  environment: Environment,
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
      servers: plan.servers.map(describeServer),
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

function describeServer(server: ConfiguredServer): PlannedServer {
  const { name, kind, summary, models, modelledBy, keepAlive, workers, settings, url } = server;
  return {
    name,
    kind,
    summary,
    ...(models !== undefined && { models }),
    ...(modelledBy !== undefined && { modelledBy }),
    version: server.version ?? 'not available here',
    workers: kind === 'custom' ? null : workers,
    options: { ...settings?.options },
    keepAlive,
    ...(url !== undefined && { attached: true }),
  };
}

function describeWorkload(workload: ConfiguredWorkload): PlannedWorkload {
  const { name, summary, parameters, servers, classes } = workload;
  return {
    name,
    summary,
    parameters: { ...parameters },
    servers: [...servers],
    classes: classes.map(({ name, weight, path, waitMs }) => ({ name, weight, path, waitMs })),
  };
}
