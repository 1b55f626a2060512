import type { PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { mostGeneratorCores, saturatedShare } from '../gates/generator-cpu.ts';
import { type CellFigures, cellFigures, cpuMsOf } from './cell-figures.ts';

/** What limits the throughput of a server, with the figures that show it. */
export type Bottleneck =
  /** The load generator: the server may handle more. The share of a core that each process uses or waits for. */
  | { readonly kind: 'generator'; readonly busyShare: number }
  /** The connections of the closed loop: each waits for its answer before it sends the next request. */
  | {
      readonly kind: 'connections';
      readonly connections: number;
      /** What a request takes at least. */
      readonly requestMs: number;
      readonly mostPerSecond: number;
    }
  /** The server itself: it fails requests instead of making them wait. */
  | { readonly kind: 'failures'; readonly failedShare: number }
  /** The threads that may compute, fewer than cores. */
  | { readonly kind: 'threads'; readonly threads: number; readonly busyShare: number }
  /** The cores; in shared mode, the load generator uses a part of them. */
  | {
      readonly kind: 'cores';
      readonly cores: number;
      readonly busyShare: number;
      readonly clientCores: number;
      readonly databaseCores: number;
    }
  /** The database: it uses most of the busy cores, or requests wait for it while cores are idle (no share). */
  | {
      readonly kind: 'database';
      readonly cores: number;
      readonly databaseCores: number;
      readonly busyShare: number | null;
    }
  /** A single core of several, on a server whose threads are not known. */
  | { readonly kind: 'one-core'; readonly cores: number; readonly busyCores: number }
  /** The workers of a server that serves one request at a time in each: all are occupied, most of the time by waits. */
  | {
      readonly kind: 'workers';
      readonly workers: number;
      /** How long a request occupies a worker, and how long of it the worker waits. */
      readonly occupiedMs: number;
      readonly waitMs: number;
      readonly cpuMs: number;
      /** The most that the wait alone allows. */
      readonly mostPerSecond: number;
      /** Whether the wait alone explains the throughput. */
      readonly isBoundByWait: boolean;
      /** What the worker waits for: the wait of the workload, the database, or something else, such as a lock. */
      readonly waitsFor: 'workload' | 'database' | 'elsewhere';
    }
  /** The reason is a clause. */
  | { readonly kind: 'unknown'; readonly reason: string };

const busy = 0.9;
/** A server that computes on one core alone uses so much of it, helper threads included. */
const oneCore = { low: 0.9, high: 1.1 };
/** The workload's own wait explains the waiting of workers if it is at least this share of it. */
const explained = 0.7;
/** The wait alone explains how long a worker is occupied if it is at least this share of it. */
const bound = 0.9;

type Rule = (figures: CellFigures) => Bottleneck | null;

/** A server that fails more requests is not described by how busy it is. */
const mostFailures = 0.1;

/** The rules: the first one that applies decides. */
const rules: readonly Rule[] = [
  ({ failedShare }) => (failedShare > mostFailures ? { kind: 'failures', failedShare } : null),
  ({ clientCores, clientWaitCores, generatorProcesses, serverCores, cores }) => {
    const busyShare = clientCores / generatorProcesses;
    const wantedShare = (clientCores + clientWaitCores) / generatorProcesses;
    const isServerBusy = serverCores !== null && serverCores >= saturatedShare * cores;
    const isLimit =
      busyShare > mostGeneratorCores || (wantedShare > mostGeneratorCores && !isServerBusy);
    return isLimit ? { kind: 'generator', busyShare: Math.min(1, wantedShare) } : null;
  },
  ({ serverCores }) =>
    serverCores === null
      ? { kind: 'unknown', reason: 'this platform does not report CPU time' }
      : null,
  ({ computing, cores, serverCores }) => {
    if (serverCores === null || computing === null || computing >= cores) return null;
    const busyShare = serverCores / computing;
    return busyShare >= busy ? { kind: 'threads', threads: computing, busyShare } : null;
  },
  ({ cores, serverCores, sharesCores, ...figures }) => {
    const clientCores = sharesCores ? figures.clientCores : 0;
    const databaseCores = figures.databaseCores ?? 0;
    const busyShare = ((serverCores ?? 0) + clientCores + databaseCores) / cores;
    if (busyShare < busy) return null;
    return databaseCores > (serverCores ?? 0)
      ? { kind: 'database', cores, databaseCores, busyShare }
      : { kind: 'cores', cores, busyShare, clientCores, databaseCores };
  },
  ({ isLimitedByConnections, connections, waitMs, lightMs }) => {
    if (!isLimitedByConnections) return null;
    const requestMs = waitMs > 0 ? waitMs : (lightMs ?? 0);
    const mostPerSecond = (1000 * connections) / requestMs;
    return { kind: 'connections', connections, requestMs, mostPerSecond };
  },
  workersWait,
  ({ workers, cores, serverCores }) =>
    workers === null &&
    serverCores !== null &&
    serverCores >= oneCore.low &&
    serverCores <= oneCore.high
      ? { kind: 'one-core', cores, busyCores: serverCores }
      : null,
  ({ cores, databaseCores }) =>
    databaseCores === null ? null : { kind: 'database', cores, databaseCores, busyShare: null },
];

/**
 * With more connections than workers, every worker of a server that serves one request at a time is occupied: by Little's
 * law for workers ÷ throughput a request. What of it is not CPU time is waiting.
 */
function workersWait(figures: CellFigures): Bottleneck | null {
  const { isOneAtATime, workers, connections, perSecond, databaseCores, waitMs } = figures;
  const cpuMs = cpuMsOf(figures);
  if (!isOneAtATime || workers === null || cpuMs === null) return null;
  if (connections <= workers || perSecond === 0) return null;
  const occupiedMs = (1000 * workers) / perSecond;
  const waiting = occupiedMs - cpuMs;
  const isExplained = waitMs >= explained * waiting;
  const elsewhere = databaseCores === null ? 'elsewhere' : 'database';
  const waitsFor = isExplained ? 'workload' : elsewhere;
  const shownMs = isExplained ? waitMs : waiting;
  return {
    kind: 'workers',
    workers,
    occupiedMs,
    waitMs: shownMs,
    cpuMs,
    mostPerSecond: (1000 * workers) / shownMs,
    isBoundByWait: isExplained && shownMs >= bound * occupiedMs,
    waitsFor,
  };
}

/** What limits a server under a workload, from the figures of its closed loops. */
export function bottleneckOf(
  document: RunDocument,
  workload: PlannedWorkload,
  server: string,
): Bottleneck {
  const figures = cellFigures(document, workload, server);
  return typeof figures === 'string' ? { kind: 'unknown', reason: figures } : bottleneckIn(figures);
}

export function bottleneckIn(figures: CellFigures): Bottleneck {
  for (const rule of rules) {
    const found = rule(figures);
    if (found) return found;
  }
  const { serverCores, cores } = figures;
  return {
    kind: 'unknown',
    reason: `the server uses ${(serverCores ?? 0).toFixed(1)} of ${cores} ${cores === 1 ? 'core' : 'cores'}, and the waits of the workload do not explain the rest: requests wait elsewhere, for a lock or another service`,
  };
}
