import type { windowSchema } from './document/measurement.ts';
import type {
  ClassMeasurement,
  Distribution,
  Measurement,
  Trial,
  Warning,
} from './document/run-document.ts';
import type { ByBlock } from './statistics/summary.ts';

/**
 * The windows of load that a trial may have: a closed loop; an open loop at the rate shared by all servers; one with the
 * first class of requests alone, as often as at the shared rate; and one at a rate proportional to the server's own
 * capacity.
 */
export type WindowName = (typeof windowSchema.options)[number];

/** All requests of a measurement, or those of one class. */
export type Requests = Omit<ClassMeasurement, 'name'>;

/**
 * The trials that compare servers, of one server or one workload where given. Controls, which repeat a trial to measure
 * noise, are never among them.
 */
export const trialsOf = (
  { trials }: { readonly trials: readonly Trial[] },
  { server, workload }: { readonly server?: string; readonly workload?: string } = {},
): Trial[] =>
  trials.filter(
    (trial) =>
      trial.purpose === 'comparison' &&
      (server === undefined || trial.server === server) &&
      (workload === undefined || trial.workload === workload),
  );

/** The window in which a measurement was made. */
export const windowNameOf = ({ rate }: Pick<Measurement, 'rate'>): WindowName => rate ?? 'closed';

/** The measurement of a window, usable or not; null where the trial has none. */
export const windowOf = ({ measurements }: Trial, window: WindowName): Measurement | null =>
  measurements.find((measurement) => windowNameOf(measurement) === window) ?? null;

/** The measurement of a window if its numbers may be used. */
export function usableWindow(trial: Trial, window: WindowName): Measurement | null {
  const measurement = windowOf(trial, window);
  return measurement && isUsable(trial, measurement) ? measurement : null;
}

/** Whether a trial has any numbers that may be used. In a load curve, overload is a result. */
export const hasResult = (trial: Trial): boolean =>
  trial.measurements.some((measurement) => isUsable(trial, measurement)) ||
  (trial.measurements.length === 0 && trial.curve.length > 0);

/** All closed loops of a trial that may be used: those at fewer connections, then the main one. */
export const usableClosedLoops = (trial: Trial): Measurement[] =>
  [...trial.sweep, ...trial.measurements].filter(
    (measurement) => measurement.loop === 'closed' && isUsable(trial, measurement),
  );

/** Whether the trial finished and neither it nor the measurement is void. */
export const isUsable = (trial: Trial, measurement: Measurement): boolean =>
  trial.status === 'ok' && !isVoid(trial) && !isVoid(measurement);

/** Whether a warning says that the numbers must not be used. */
const isVoid = ({ warnings }: { readonly warnings: readonly Warning[] }): boolean =>
  warnings.some(({ severity }) => severity === 'void');

/** The warnings of a trial and of its measurements. */
export const warningsOf = (trial: Trial): Warning[] => [
  ...trial.warnings,
  ...trial.measurements.flatMap(({ warnings }) => warnings),
];

/** The requests of one class, or all of them where no class is named; null for an unknown class. */
export const classOf = (measurement: Measurement, className: string | null): Requests | null =>
  className === null
    ? measurement
    : (measurement.classes.find(({ name }) => name === className) ?? null);

/** Response times of an open loop, service times of a closed one; null where nothing was timed. */
export function timesOf(measurement: Measurement, className: string | null): Distribution | null {
  const requests = classOf(measurement, className);
  return (measurement.loop === 'closed' ? requests?.serviceTime : requests?.responseTime) ?? null;
}

/** The times of the windows that may be used, one distribution for each trial. */
export const usableTimes = (
  trials: readonly Trial[],
  window: WindowName,
  className: string | null,
): Distribution[] =>
  trials.flatMap((trial) => {
    const measurement = usableWindow(trial, window);
    return (measurement && timesOf(measurement, className)) ?? [];
  });

/** A quantity of each block; blocks in which it is null are left out. */
export const byBlock = (
  trials: readonly Trial[],
  quantity: (trial: Trial) => number | null | undefined,
): ByBlock =>
  new Map(
    trials.flatMap((trial) => {
      const value = quantity(trial) ?? null;
      return value === null ? [] : [[trial.block, value] as const];
    }),
  );

/** A quantity of a window, block by block; blocks whose window may not be used are left out. */
export const valuesByBlock = (
  trials: readonly Trial[],
  window: WindowName,
  quantity: (measurement: Measurement) => number | null | undefined,
): ByBlock =>
  byBlock(trials, (trial) => {
    const measurement = usableWindow(trial, window);
    return measurement && quantity(measurement);
  });

/** Requests without a good answer: with a status other than 2xx, not answered in time, or with a broken connection. */
export const failedIn = ({ requests }: Pick<Measurement, 'requests'>): number =>
  requests.non2xx + requests.timeouts + requests.errors;

/** Failed requests and answers with a wrong body. */
export const failedOrWrongIn = (measurement: Measurement): number =>
  failedIn(measurement) + measurement.requests.mismatched;

/** CPUs that a server keeps busy in a window; null where the platform does not report CPU time. */
export const coresBusy = ({ server, windowSeconds }: Measurement): number | null =>
  server.cpuSeconds === null || windowSeconds === 0 ? null : server.cpuSeconds / windowSeconds;

/** CPU time of the server per request; null where the platform does not report it. */
export const cpuMsPerRequest = ({ server, requests }: Measurement): number | null =>
  server.cpuSeconds === null || requests.ok === 0 ? null : (1000 * server.cpuSeconds) / requests.ok;

/**
 * CPU time of the load generator on the machine of the run: of load workers, only those that run there; null where the
 * platform does not report it.
 */
export function generatorCpuSecondsHere({
  client,
  loadWorkers,
}: Pick<Measurement, 'client' | 'loadWorkers'>): number | null {
  if (loadWorkers.length === 0) return client.cpuSeconds;
  const here = loadWorkers.filter(({ onThisMachine }) => onThisMachine);
  return here.some(({ cpuSeconds }) => cpuSeconds === null)
    ? null
    : here.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? 0), 0);
}
