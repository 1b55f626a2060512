import { mergeDistributions } from '../../results/document/distribution.ts';
import type {
  ClassMeasurement,
  Distribution,
  RequestCounts,
  Resources,
} from '../../results/document/run-document.ts';
import type { LoadResult } from './load.ts';

/**
 * One result from those of generators that each ran a share of a load, over the same window: exactly what one generator
 * would have recorded.
 *
 * @param first decides the window and the order of the classes
 */
export function mergeResults(first: LoadResult, ...others: readonly LoadResult[]): LoadResult {
  const results = [first, ...others];
  const sum = (pick: (result: LoadResult) => number | null | undefined) =>
    results.reduce((total, result) => total + (pick(result) ?? 0), 0);
  return {
    ...mergeMeasurements(results),
    windowSeconds: first.windowSeconds,
    classes: first.classes.map(({ name }, index) => ({
      name,
      ...mergeMeasurements(results.flatMap(({ classes }) => classes[index] ?? [])),
    })),
    intervals: first.intervals.map((interval, index) => ({
      ...interval,
      sent: sum(({ intervals }) => intervals[index]?.sent),
      completed: sum(({ intervals }) => intervals[index]?.completed),
      inFlight: sum(({ intervals }) => intervals[index]?.inFlight),
    })),
    sendLag: mergeTimes(results.map(({ sendLag }) => sendLag)),
    connectionsOpened: sum(({ connectionsOpened }) => connectionsOpened),
    connectionLimit: sum(({ connectionLimit }) => connectionLimit),
    waitedForConnection: sum(({ waitedForConnection }) => waitedForConnection),
    generatorProcesses: sum(({ generatorProcesses }) => generatorProcesses),
    failures: sumByKey(results.map(({ failures }) => failures)),
    ...mergeWorkers(results),
  };
}

/** Only load workers on other machines report what they used. */
function mergeWorkers(results: readonly LoadResult[]) {
  const loadWorkers = results.flatMap((result) => result.loadWorkers ?? []);
  if (loadWorkers.length === 0) return {};
  return { loadWorkers, client: sumResources(results.flatMap(({ client }) => client ?? [])) };
}

function sumResources(all: readonly Resources[]): Resources {
  const sum = (key: keyof Resources) =>
    all.reduce<number | null>((total, resources) => {
      const { [key]: used } = resources;
      return total === null || used === null ? null : total + used;
    }, 0);
  return {
    cpuSeconds: sum('cpuSeconds'),
    runQueueDelaySeconds: sum('runQueueDelaySeconds'),
    pssBytes: sum('pssBytes'),
    processes: sum('processes'),
    threads: sum('threads'),
    processesReplaced: sum('processesReplaced'),
  };
}

type RequestMeasurement = Omit<ClassMeasurement, 'name'>;

/** The requests of several measurements as one: of the classes of a load, or of the shares of one class. */
export function mergeMeasurements(parts: readonly RequestMeasurement[]): RequestMeasurement {
  return {
    requests: sumCounts(parts.map(({ requests }) => requests)),
    throughputPerSecond: parts.reduce((sum, part) => sum + part.throughputPerSecond, 0),
    serviceTime: mergeDistributions(parts.map(({ serviceTime }) => serviceTime)),
    responseTime: mergeTimes(parts.map(({ responseTime }) => responseTime)),
  };
}

/** Null where no part has such times. */
function mergeTimes(parts: readonly (Distribution | null)[]): Distribution | null {
  const present = parts.filter((part) => part !== null);
  return present.length === 0 ? null : mergeDistributions(present);
}

const countKeys = ['sent', 'ok', 'non2xx', 'timeouts', 'errors', 'mismatched'] as const;

export function noRequests(): RequestCounts {
  return { sent: 0, ok: 0, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0 };
}

function sumCounts(parts: readonly RequestCounts[]): RequestCounts {
  const total = noRequests();
  for (const part of parts) for (const key of countKeys) total[key] += part[key];
  return total;
}

function sumByKey(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total = new Map<string, number>();
  for (const [key, count] of parts.flatMap(Object.entries<number>)) {
    total.set(key, (total.get(key) ?? 0) + count);
  }
  return Object.fromEntries(total);
}
