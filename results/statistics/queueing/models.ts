import type { Demand } from './demand.ts';
import { queueingSeconds, sharedQueueingSeconds } from './waiting.ts';

/** What a concurrency model has to work with. */
export interface Means {
  readonly workers: number;
  readonly cores: number;
}

/** How a concurrency model uses cores and workers, as far as queueing theory needs to know. */
export interface ConcurrencyModel {
  /** Requests a second that it cannot exceed, however many are asked. */
  capacityPerSecond(demand: Demand, means: Means): number;
  /** Null when that many arrivals (Poisson) a second are more than it can serve. */
  meanResponseSeconds(demand: Demand, means: Means, arrivalsPerSecond: number): number | null;
}

/** Waits overlap; computations stand in one line before one core. */
export const eventLoop: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }) => 1 / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, _, arrivals) =>
    plus(queueingSeconds(1, arrivals, cpu), cpu.meanSeconds + waitSeconds),
};

/** A request takes a worker for as long as it computes and waits. */
export const prefork: ConcurrencyModel = {
  capacityPerSecond: ({ cpu, cpuAndWait }, { workers, cores }) =>
    Math.min(workers / cpuAndWait.meanSeconds, cores / cpu.meanSeconds),
  meanResponseSeconds(demand, means, arrivals) {
    if (arrivals >= prefork.capacityPerSecond(demand, means)) return null;
    const { cpuAndWait } = demand;
    return plus(queueingSeconds(means.workers, arrivals, cpuAndWait), cpuAndWait.meanSeconds);
  },
};

/** Waits overlap; computations stand in one line before as many cores as there are workers for. */
export const pool: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { workers, cores }) => Math.min(workers, cores) / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { workers, cores }, arrivals) =>
    plus(queueingSeconds(Math.min(workers, cores), arrivals, cpu), cpu.meanSeconds + waitSeconds),
};

/** Waits overlap; computations share the cores, as a preempting scheduler lets them (Go). */
export const processorSharing: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { cores }) => cores / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { cores }, arrivals) =>
    plus(sharedQueueingSeconds(cores, arrivals, cpu.meanSeconds), cpu.meanSeconds + waitSeconds),
};

function plus(queueing: number | null, alone: number): number | null {
  return queueing === null ? null : queueing + alone;
}
