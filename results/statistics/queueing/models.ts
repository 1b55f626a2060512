import type { Demand } from './demand.ts';
import { queueingSeconds, sharedQueueingSeconds } from './formulas.ts';

/** The workers and cores of a server. */
interface Means {
  readonly workers: number;
  readonly cores: number;
}

/** How a concurrency model uses workers and cores. */
export interface ConcurrencyModel {
  /** The throughput (requests/s) that the model cannot exceed. */
  capacityPerSecond(demand: Demand, means: Means): number;
  /** For Poisson arrivals; null at or above the capacity. */
  meanResponseSeconds(demand: Demand, means: Means, arrivalsPerSecond: number): number | null;
}

/** Waits overlap; computations queue for one core. */
export const eventLoop: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }) => 1 / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, _, arrivals) =>
    plus(queueingSeconds(1, arrivals, cpu), cpu.meanSeconds + waitSeconds),
};

/**
 * A request occupies a worker while it computes and waits, and the workers share the cores. The mean is the larger of two
 * lower bounds: that of a queue for the workers, each with a core, and that of cores shared among any number of workers.
 */
export const prefork: ConcurrencyModel = {
  capacityPerSecond: ({ cpu, cpuAndWait }, { workers, cores }) =>
    Math.min(workers / cpuAndWait.meanSeconds, cores / cpu.meanSeconds),
  meanResponseSeconds: (demand, means, arrivals) => {
    if (arrivals >= prefork.capacityPerSecond(demand, means)) return null;
    const { cpu, cpuAndWait } = demand;
    const forWorkers = queueingSeconds(means.workers, arrivals, cpuAndWait) ?? 0;
    const forCores = sharedQueueingSeconds(means.cores, arrivals, cpu.meanSeconds) ?? 0;
    return Math.max(forWorkers, forCores) + cpuAndWait.meanSeconds;
  },
};

/** Waits overlap; computations queue for as many cores as there are workers. */
export const pool: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { workers, cores }) => Math.min(workers, cores) / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { workers, cores }, arrivals) =>
    plus(queueingSeconds(Math.min(workers, cores), arrivals, cpu), cpu.meanSeconds + waitSeconds),
};

/** libuv's threads: UV_THREADPOOL_SIZE is not passed on to servers. */
export const libuvThreads = 4;

/** Waits overlap; computations queue for libuv's threads. What the event loop itself computes is not distinguished. */
export const backgroundThreads: ConcurrencyModel = {
  capacityPerSecond: (demand, { cores }) =>
    pool.capacityPerSecond(demand, { workers: libuvThreads, cores }),
  meanResponseSeconds: (demand, { cores }, arrivals) =>
    pool.meanResponseSeconds(demand, { workers: libuvThreads, cores }, arrivals),
};

/** Waits overlap; connections are split among event loops, and computations queue for the core of their own loop. */
export const threads: ConcurrencyModel = {
  capacityPerSecond: (demand, means) => pool.capacityPerSecond(demand, means),
  meanResponseSeconds: ({ cpu, waitSeconds }, { workers, cores }, arrivals) =>
    plus(
      queueingSeconds(1, arrivals / Math.min(workers, cores), cpu),
      cpu.meanSeconds + waitSeconds,
    ),
};

/** Waits overlap; computations share the cores under a preempting scheduler (Go). */
export const processorSharing: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { cores }) => cores / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { cores }, arrivals) =>
    plus(sharedQueueingSeconds(cores, arrivals, cpu.meanSeconds), cpu.meanSeconds + waitSeconds),
};

export function plus(queueing: number | null, alone: number): number | null {
  return queueing === null ? null : queueing + alone;
}

/** Every model by its name. */
export function concurrencyModels(): Readonly<Record<string, ConcurrencyModel>> {
  return { eventLoop, prefork, pool, backgroundThreads, threads, processorSharing };
}
