import { areLimitedByConnections, lightMsOf, mostFromConnections } from '../closed-loop-limit.ts';
import type { Measurement, PlannedWorkload, RunDocument, Trial } from '../document/run-document.ts';
import { isDisturbed } from '../gates/noisy-host.ts';
import { overloadedLoops, withoutDisturbed } from '../load-curve/load-points.ts';
import { queueingModelOf, serverCores } from '../queueing-model.ts';
import { coresBusy, isUsable, trialsOf, windowOf } from '../select.ts';
import { backgroundThreads, libuvThreads, prefork } from '../statistics/queueing/models.ts';
import { medianOf, sumOf } from '../statistics/summary.ts';

/**
 * What the closed loops of one server under one workload show about its bottleneck, or its overloaded open loops where
 * connections limited the closed ones: medians over blocks.
 */
export interface CellFigures {
  /** Null for a server whose number of workers is not known. */
  readonly workers: number | null;
  /** Whether a worker serves one request at a time, its waits included. */
  readonly isOneAtATime: boolean;
  /** The threads or processes that compute; null where not known. */
  readonly computing: number | null;
  /** Cores that the server may use. */
  readonly cores: number;
  /** Whether the load generator runs on the same cores. */
  readonly sharesCores: boolean;
  readonly perSecond: number;
  /** Null where the platform does not report CPU time. */
  readonly serverCores: number | null;
  readonly clientCores: number;
  /** How long the load generator waited for a core, as a share of the time. */
  readonly clientWaitCores: number;
  /** Null without a database, or where its processes are unknown. */
  readonly databaseCores: number | null;
  readonly generatorProcesses: number;
  readonly connections: number;
  /** The mean wait that the workload has in a request. */
  readonly waitMs: number;
  /** See `lightMsOf`. */
  readonly lightMs: number | null;
  readonly isLimitedByConnections: boolean;
  /** The share of all requests that got no good answer. */
  readonly failedShare: number;
}

/** CPU time of a request; null where the platform does not report it. */
export const cpuMsOf = ({
  serverCores,
  perSecond,
}: Pick<CellFigures, 'serverCores' | 'perSecond'>): number | null =>
  serverCores === null ? null : (1000 * serverCores) / perSecond;

/** @returns why there are none, as a clause, where no closed loop may be used */
export function cellFigures(
  document: RunDocument,
  workload: PlannedWorkload,
  server: string,
): CellFigures | string {
  const planned = document.plan.servers.find(({ name }) => name === server);
  const trials = trialsOf(document, { server, workload: workload.name });
  const closed = closedLoopsOf(trials);
  const lightMs = lightMsOf(trials);
  const isLimited = areLimitedByConnections(closed, workload, lightMs);
  const overloaded = isLimited ? overloadedLoops(trials).map(({ measurement }) => measurement) : [];
  const loops = overloaded.length > 0 ? overloaded : closed;
  const [first] = loops;
  if (!planned || !first) return 'no closed loop may be used';
  if (loops.every(isDisturbed)) return 'other programs disturbed every closed loop';
  const model = queueingModelOf(planned, workload);
  const perSecond = medianOf(loops.map(({ throughputPerSecond }) => throughputPerSecond));
  const busy = loops.flatMap((one) => coresBusy(one) ?? []);
  const database = loops.flatMap((one) =>
    one.database?.cpuSeconds == null ? [] : one.database.cpuSeconds / one.windowSeconds,
  );
  const connections = first.loop === 'closed' ? first.connections : Number.POSITIVE_INFINITY;
  return {
    workers: planned.workers,
    isOneAtATime: planned.oneAtATime ?? model === prefork,
    computing: model === backgroundThreads ? libuvThreads : model && planned.workers,
    cores: serverCores(document),
    sharesCores: document.plan.cpuLayout.mode === 'shared',
    perSecond,
    serverCores: busy.length > 0 ? medianOf(busy) : null,
    databaseCores: database.length > 0 ? medianOf(database) : null,
    clientCores: medianOf(
      loops.map(({ client, windowSeconds }) => (client.cpuSeconds ?? 0) / windowSeconds),
    ),
    clientWaitCores: medianOf(
      loops.map(({ client, windowSeconds }) => (client.runQueueDelaySeconds ?? 0) / windowSeconds),
    ),
    generatorProcesses: first.generatorProcesses,
    connections,
    waitMs: 1000 / mostFromConnections(1, workload),
    lightMs,
    failedShare: failedShareOf(loops),
    isLimitedByConnections: isLimited && overloaded.length === 0,
  };
}

function failedShareOf(loops: readonly Measurement[]): number {
  const sent = sumOf(loops.map(({ requests }) => requests.sent));
  return sent === 0 ? 0 : 1 - sumOf(loops.map(({ requests }) => requests.ok)) / sent;
}

/** What a load generator that was the bottleneck measured is void, but shows that it was. */
function closedLoopsOf(trials: readonly Trial[]): Measurement[] {
  const all = trials.flatMap((trial) => {
    const measurement = windowOf(trial, 'closed');
    return measurement ? [{ trial, measurement }] : [];
  });
  const usable = all.filter(
    ({ trial, measurement }) =>
      isUsable(trial, measurement) ||
      measurement.warnings.some(({ code }) => code === 'generator-saturated'),
  );
  return withoutDisturbed(usable).map(({ measurement }) => measurement);
}
