import { sumOf } from '../summary.ts';

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
