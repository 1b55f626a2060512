import type { PlannedServer, PlannedWorkload, RunDocument } from './document/run-document.ts';
import { queueingModelOf } from './queueing-model.ts';
import { serverCores } from './server-cores.ts';
import { closedLoopBound } from './statistics/queueing/closed-loop.ts';
import { type Demand, demandOf } from './statistics/queueing/demand.ts';

/** What queueing theory expects of a server, from what single requests cost when each is alone. */
export interface Prediction {
  /** The rate that it cannot exceed, however many are asked: at this load its response time has no bound. */
  readonly capacityPerSecond: number;
  /** In the closed loop with the plan's connections: a ceiling. */
  readonly throughputPerSecond: number;
  /** In an open loop of so many requests a second; null where they are more than it can serve. */
  readonly meanResponseMs: (arrivalsPerSecond: number) => number | null;
}

/** A prediction by server, of one workload. */
export type Predictions = ReadonlyMap<string, Prediction>;

/** Of the servers whose concurrency model is known and of whose single requests the pilots learnt the cost. */
export function predictionsOf(document: RunDocument, workload: PlannedWorkload): Predictions {
  const { plan } = document;
  const cores = serverCores(document);
  return new Map(
    plan.servers.flatMap((server) => {
      const model = queueingModelOf(server);
      const demand = demandOn(document, server, workload);
      if (!model || !demand) return [];
      const means = { workers: server.workers, cores };
      const capacity = model.capacityPerSecond(demand, means);
      const prediction: Prediction = {
        capacityPerSecond: capacity,
        throughputPerSecond: closedLoopBound(plan.connections, demand, capacity),
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
