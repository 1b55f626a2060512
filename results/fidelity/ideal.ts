import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../document/run-document.ts';
import { queueingModelOf, serverCores } from '../queueing-model.ts';
import { usableClosedLoops } from '../select.ts';
import { closedLoopBound } from '../statistics/queueing/formulas.ts';
import { demandOf } from '../statistics/queueing/models.ts';

/** Requests a second that a server's design allows with so many connections: the asymptotic bound. */
export type Ideal = (connections: number) => number;

/** In fewer requests of a mix, one class may be far more frequent than the plan has it. */
const fewestForCost = 100;

/**
 * What a server could do in a trial if nothing were lost: min(N/(W + s), the capacity of its design). W is the wait
 * that a request asks for, s the least CPU time that one was seen to cost in those of the trial's closed loops that had
 * a hundred: a lone request pays for waking the server up, one in a crowd for switching, and in an ideal server for
 * neither. Null where its design or its CPU time is not known.
 */
export function idealOf(
  document: RunDocument,
  workload: PlannedWorkload,
  server: PlannedServer,
  trial: Trial,
): Ideal | null {
  const design = queueingModelOf(server);
  const costs = usableClosedLoops(trial).flatMap(({ server: { cpuSeconds }, requests }) =>
    cpuSeconds && requests.ok >= fewestForCost ? [cpuSeconds / requests.ok] : [],
  );
  if (!design || server.workers === null || costs.length === 0) return null;
  const cpuSeconds = Math.min(...costs);
  const demand = demandOf(
    workload.classes.map(({ weight, waitMs }) => ({
      weight,
      cpuSeconds,
      waitSeconds: waitMs / 1000,
    })),
  );
  const means = { workers: server.workers, cores: serverCores(document) };
  const capacity = design.capacityPerSecond(demand, means);
  return (connections) => closedLoopBound(connections, demand, capacity);
}
