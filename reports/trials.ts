import type {
  ClassMeasurement,
  Measurement,
  RunDocument,
  Trial,
  Warning,
} from '../results/run-document.ts';
import type { ByBlock } from './spread.ts';

const isVoid = ({ warnings }: Pick<Trial | Measurement, 'warnings'>): boolean =>
  warnings.some(({ severity }) => severity === 'void');

export const closedLoop = (trial: Trial): Measurement | null =>
  trial.measurements.find(({ loop }) => loop === 'closed') ?? null;

/** The closed-loop measurement of a trial that finished, if nothing voids it. */
export function usableClosedLoop(trial: Trial): Measurement | null {
  const measurement = closedLoop(trial);
  return trial.status !== 'ok' || isVoid(trial) || !measurement || isVoid(measurement)
    ? null
    : measurement;
}

/** A trial's own warnings and those of its measurements. */
export const warningsOf = (trial: Trial): Warning[] => [
  ...trial.warnings,
  ...trial.measurements.flatMap(({ warnings }) => warnings),
];

/** The trials that compare a server on a workload; controls, which repeat one to see the noise, are not among them. */
export const trialsOf = (document: RunDocument, server: string, workload: string): Trial[] =>
  document.trials.filter(
    (trial) =>
      trial.purpose === 'comparison' && trial.server === server && trial.workload === workload,
  );

/** One class of a measurement, by name. */
export const classOf = (measurement: Measurement, name: string): ClassMeasurement | null =>
  measurement.classes.find((one) => one.name === name) ?? null;

/** Something that a usable trial's closed loop tells, block by block; trials that do not tell it are left out. */
export function byBlock(
  trials: readonly Trial[],
  quantity: (measurement: Measurement) => number | null,
): ByBlock {
  const values = new Map<number, number>();
  for (const trial of trials) {
    const measurement = usableClosedLoop(trial);
    const value = measurement ? quantity(measurement) : null;
    if (value !== null) values.set(trial.block, value);
  }
  return values;
}

/** CPU time that the server's processes spent on one answered request, in ms. */
export function cpuMsPerRequest({ server, requests }: Measurement): number | null {
  return server.cpuSeconds === null || requests.ok === 0
    ? null
    : (1000 * server.cpuSeconds) / requests.ok;
}

/** How many cores the server's processes kept busy on average. */
export const coresBusy = ({ server, windowSeconds }: Measurement): number | null =>
  server.cpuSeconds === null || windowSeconds === 0 ? null : server.cpuSeconds / windowSeconds;
