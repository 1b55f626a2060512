import type {
  Measurement,
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../document/run-document.ts';
import { queueingModelOf, serverCores } from '../queueing-model.ts';
import { trialsOf, usableClosedLoops } from '../select.ts';
import { demandOf } from '../statistics/queueing/demand.ts';
import { closedLoopBound } from '../statistics/queueing/formulas.ts';
import { sumOf } from '../statistics/summary.ts';
import { type Component, componentOver, type Match } from './fidelity.ts';

/** Compares how much of the throughput that their design allows the two reach, at every number of connections. */
export function throughputComponent({ document, workload, model, reference }: Match): Component {
  const ofModel = concurrencyCurve(document, workload, model);
  const ofReference = concurrencyCurve(document, workload, reference);
  const loads = new Set(ofModel.map(({ connections }) => connections));
  return componentOver(
    { kind: 'throughput', quantity: 'share of the ideal throughput' },
    [...loads].map((load) => ({
      model: sharesAt(ofModel, load),
      reference: sharesAt(ofReference, load),
    })),
    'no block has a throughput and a CPU time of both',
  );
}

const sharesAt = (curve: readonly ConcurrencyPoint[], load: number): Map<number, number> =>
  new Map(
    curve
      .filter(({ connections }) => connections === load)
      .map(({ block, shareOfIdeal }) => [block, shareOfIdeal]),
  );

/** One closed loop of a server. */
export interface ConcurrencyPoint {
  readonly block: number;
  readonly connections: number;
  readonly throughputPerSecond: number;
  /** Throughput over what the server's design allows with this number of connections. */
  readonly shareOfIdeal: number;
}

/** A server's throughput by number of connections, in every block. */
export function concurrencyCurve(
  document: RunDocument,
  workload: PlannedWorkload,
  server: PlannedServer,
): ConcurrencyPoint[] {
  const trials = trialsOf(document, { server: server.name, workload: workload.name });
  return trials.flatMap((trial) => {
    const idealAt = idealThroughput(document, workload, server, trial);
    if (!idealAt) return [];
    return usableClosedLoops(trial).flatMap((measurement) => {
      const { connections } = measurement;
      const throughputPerSecond = closedThroughput(measurement, workload);
      const shareOfIdeal = throughputPerSecond / idealAt(connections);
      return throughputPerSecond > 0
        ? [{ block: trial.block, connections, throughputPerSecond, shareOfIdeal }]
        : [];
    });
  });
}

/** Fewest requests per closed loop of a mix; below, one class may be over-represented. */
const fewestForCost = 100;

/**
 * The throughput by number of connections N that a server could reach in a trial if nothing were lost: min(N/(W + s),
 * the capacity of its design). W is the requested wait; s is the lowest CPU time per request in the trial's closed
 * loops of at least a hundred requests, since a lone request also pays for waking the server, and one of many for
 * context switches. Null where the design or the CPU time is unknown.
 */
function idealThroughput(
  document: RunDocument,
  workload: PlannedWorkload,
  server: PlannedServer,
  trial: Trial,
): ((connections: number) => number) | null {
  const design = queueingModelOf(server, workload);
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

/**
 * The throughput of a closed loop. Where requests are shorter than the warm-up, it follows from their mean time
 * (Little's law): answers come in bursts, one for each wait, and a short window counts one burst more or less.
 * Otherwise by counting.
 */
function closedThroughput(measurement: Measurement, workload: PlannedWorkload): number {
  const { connections, requests, warmupSeconds, throughputPerSecond } = measurement;
  const meanSeconds = meanServiceSeconds(measurement, workload);
  const allGood = requests.ok === requests.sent;
  return allGood && meanSeconds > 0 && meanSeconds <= warmupSeconds
    ? connections / meanSeconds
    : throughputPerSecond;
}

/** The mean service time with classes in the planned proportions: those of a short window may differ. */
function meanServiceSeconds(
  { classes, serviceTime }: Measurement,
  workload: PlannedWorkload,
): number {
  const times = workload.classes.flatMap(({ name, weight }) => {
    const meanMs = classes.find((one) => one.name === name)?.serviceTime.meanMs;
    return meanMs ? [{ weight, meanMs }] : [];
  });
  const weights = sumOf(times.map(({ weight }) => weight));
  const meanMs =
    times.length < workload.classes.length
      ? serviceTime.meanMs
      : sumOf(times.map((time) => (time.weight / weights) * time.meanMs));
  return (meanMs ?? Number.POSITIVE_INFINITY) / 1000;
}
