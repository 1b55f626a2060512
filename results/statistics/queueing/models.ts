import { sumOf } from '../summary.ts';
import { queueingSeconds, sharedQueueingSeconds } from './formulas.ts';

/** What one request of a class needs: CPU time, and time that passes without a core. */
export interface ClassDemand {
  /** The frequency of the class, relative to the others. */
  readonly weight: number;
  readonly cpuSeconds: number;
  readonly waitSeconds: number;
}

/** The mean and the squared coefficient of variation of a time over the requests of a workload. */
export interface TimeDemand {
  readonly meanSeconds: number;
  readonly squaredVariation: number;
}

/** What a request of a workload needs. */
export interface Demand {
  readonly cpu: TimeDemand;
  /** How long a request occupies a worker that serves one request at a time. */
  readonly cpuAndWait: TimeDemand;
  readonly waitSeconds: number;
}

/** The demand of a mix of classes; all requests of one class need the same. */
export function demandOf(classes: readonly ClassDemand[]): Demand {
  const weights = sumOf(classes.map(({ weight }) => weight));
  const mean = (seconds: (one: ClassDemand) => number) =>
    sumOf(classes.map((one) => (one.weight / weights) * seconds(one)));
  const timeDemand = (seconds: (one: ClassDemand) => number): TimeDemand => {
    const meanSeconds = mean(seconds);
    const meanSquare = mean((one) => seconds(one) ** 2);
    return {
      meanSeconds,
      squaredVariation: meanSeconds > 0 ? Math.max(0, meanSquare / meanSeconds ** 2 - 1) : 0,
    };
  };
  return {
    cpu: timeDemand(({ cpuSeconds }) => cpuSeconds),
    cpuAndWait: timeDemand(({ cpuSeconds, waitSeconds }) => cpuSeconds + waitSeconds),
    waitSeconds: mean(({ waitSeconds }) => waitSeconds),
  };
}

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

/** A request occupies a worker while it computes and waits. */
export const prefork: ConcurrencyModel = {
  capacityPerSecond: ({ cpu, cpuAndWait }, { workers, cores }) =>
    Math.min(workers / cpuAndWait.meanSeconds, cores / cpu.meanSeconds),
  meanResponseSeconds(demand, means, arrivals) {
    if (arrivals >= prefork.capacityPerSecond(demand, means)) return null;
    const { cpuAndWait } = demand;
    return plus(queueingSeconds(means.workers, arrivals, cpuAndWait), cpuAndWait.meanSeconds);
  },
};

/** Waits overlap; computations queue for as many cores as there are workers. */
export const pool: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { workers, cores }) => Math.min(workers, cores) / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { workers, cores }, arrivals) =>
    plus(queueingSeconds(Math.min(workers, cores), arrivals, cpu), cpu.meanSeconds + waitSeconds),
};

/** Waits overlap; computations share the cores under a preempting scheduler (Go). */
export const processorSharing: ConcurrencyModel = {
  capacityPerSecond: ({ cpu }, { cores }) => cores / cpu.meanSeconds,
  meanResponseSeconds: ({ cpu, waitSeconds }, { cores }, arrivals) =>
    plus(sharedQueueingSeconds(cores, arrivals, cpu.meanSeconds), cpu.meanSeconds + waitSeconds),
};

function plus(queueing: number | null, alone: number): number | null {
  return queueing === null ? null : queueing + alone;
}
