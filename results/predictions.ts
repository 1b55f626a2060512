import type { PlannedServer, PlannedWorkload, RunDocument } from './document/run-document.ts';
import { queueingModelOf, serverCores } from './queueing-model.ts';
import { type Demand, demandOf } from './statistics/queueing/demand.ts';
import { closedLoopBound } from './statistics/queueing/formulas.ts';

/** What queueing theory predicts for a server, from the CPU time and wait of single requests. */
export interface Prediction {
  /** The highest rate that the server can handle; at this load its response time has no bound. */
  readonly capacityPerSecond: number;
  /** An upper bound for the closed loop with the plan's connections. */
  readonly throughputPerSecond: number;
  /** In an open loop at this rate; null at or above the capacity. */
  readonly meanResponseMs: (arrivalsPerSecond: number) => number | null;
}

/** Predictions for one workload, by server. */
export type Predictions = ReadonlyMap<string, Prediction>;

/**
 * Predictions for the servers whose concurrency model is known and whose pilot measured the cost of single requests.
 */
export function predictionsOf(document: RunDocument, workload: PlannedWorkload): Predictions {
  const { plan } = document;
  const cores = serverCores(document);
  return new Map(
    plan.servers.flatMap((server) => {
      const model = queueingModelOf(server, workload);
      const demand = demandOn(document, server, workload);
      if (!model || server.workers === null || !demand) return [];
      const means = { workers: server.workers, cores };
      const capacity = model.capacityPerSecond(demand, means);
      const throughput = closedLoopBound(
        workload.connections ?? plan.connections,
        demand,
        capacity,
      );
      if (!Number.isFinite(capacity) || !Number.isFinite(throughput)) return []; // absurd costs
      const prediction: Prediction = {
        capacityPerSecond: capacity,
        throughputPerSecond: throughput,
        meanResponseMs: (arrivals) => {
          const seconds = model.meanResponseSeconds(demand, means, arrivals);
          return seconds === null ? null : 1000 * seconds;
        },
      };
      return [[server.name, prediction] as const];
    }),
  );
}

function demandOn(
  { pilots }: RunDocument,
  server: PlannedServer,
  workload: PlannedWorkload,
): Demand | null {
  const pilot = pilots.find((one) => one.server === server.name && one.workload === workload.name);
  const classes = workload.classes.flatMap(({ name, weight, waitMs }) => {
    const single = pilot?.singleRequests.find((one) => one.class === name);
    return single && single.cpuSeconds !== null && single.cpuSeconds > 0
      ? [{ weight, cpuSeconds: single.cpuSeconds, waitSeconds: waitMs / 1000 }]
      : [];
  });
  return classes.length === workload.classes.length ? demandOf(classes) : null;
}
