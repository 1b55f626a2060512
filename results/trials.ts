import type {
  ClassMeasurement,
  Measurement,
  RunDocument,
  Trial,
  Warning,
} from './document/run-document.ts';
import { isVoid } from './is-void.ts';
import type { ByBlock } from './statistics/spread.ts';

/** The windows of load that a trial may have: closed loop, open loop at the rate common to all servers, and at its own. */
export type Window = 'closed' | 'shared' | 'proportional';

/** What a trial measured in a window, usable or not. */
export const measurementIn = (trial: Trial, window: Window): Measurement | null =>
  trial.measurements.find(({ loop, rate }) =>
    window === 'closed' ? loop === 'closed' : loop === 'open' && rate === window,
  ) ?? null;

/** What a trial that finished measured in a window, if nothing voids it. */
export function usableIn(trial: Trial, window: Window): Measurement | null {
  const measurement = measurementIn(trial, window);
  return measurement && isUsable(trial, measurement) ? measurement : null;
}

/** Whether a trial finished, and nothing voids it or what it measured here. */
export const isUsable = (trial: Trial, measurement: Measurement): boolean =>
  trial.status === 'ok' && !isVoid(trial) && !isVoid(measurement);

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

/** One class of a measurement by name, or all of it. */
export const classOf = (
  measurement: Measurement,
  name: string | null,
): Omit<ClassMeasurement, 'name'> | null =>
  name === null ? measurement : (measurement.classes.find((one) => one.name === name) ?? null);

/** Something that the trials' usable windows tell, block by block; those that do not tell it are left out. */
export function byBlock(
  trials: readonly Trial[],
  window: Window,
  quantity: (measurement: Measurement) => number | null,
): ByBlock {
  const values = new Map<number, number>();
  for (const trial of trials) {
    const measurement = usableIn(trial, window);
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
