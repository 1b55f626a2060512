import { sumOf } from '../summary.ts';

/**
 * What one request of a class asks for, whatever else goes on: time of a core, and time that passes without
 * one.
 */
export interface ClassDemand {
  /** How often the class is asked for, relative to the others. */
  readonly weight: number;
  readonly cpuSeconds: number;
  readonly waitSeconds: number;
}

/** Mean, and squared coefficient of variation, of a time over the requests of a workload. */
export interface TimeDemand {
  readonly meanSeconds: number;
  readonly squaredVariation: number;
}

/** What a request of a workload asks for. */
export interface Demand {
  readonly cpu: TimeDemand;
  /** A worker that does nothing else meanwhile is taken for this long. */
  readonly cpuAndWait: TimeDemand;
  readonly waitSeconds: number;
}

/** The demand of a mix of classes, each of which asks for the same every time. */
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
