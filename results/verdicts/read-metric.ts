import type { ClassMeasurement, Measurement, Trial, Warning } from '../document/run-document.ts';
import type { Metric } from './metric.ts';
import { fewestRequests } from './percentile.ts';

/** One trial's value of a metric, or why it has none that may be used. */
export type Reading =
  | { readonly usable: true; readonly value: number; readonly requests: number }
  | { readonly usable: false; readonly cause: Cause; readonly reason: string };

/**
 * Whose doing it is that there is no number. The server's: it did worse than any number says. That of
 * measuring, or of the machine: nothing is known of the server. Or nothing was measured.
 */
export type Cause = 'server' | 'measuring' | 'absent';

/** Gates that void numbers for what the server did. All others void what the instrument or the host did. */
const serversDoing: ReadonlySet<string> = new Set([
  'wrong-bodies',
  'wait-skipped',
  'above-ceiling',
  'unstable',
]);

const unusable = (cause: Cause, reason: string): Reading => ({ usable: false, cause, reason });

/**
 * Reads a metric off a trial, unless something voids it. A reason is a clause whose subject is the server.
 */
export function readMetric(trial: Trial, metric: Metric): Reading {
  if (trial.status !== 'ok') {
    const cause = trial.status === 'failed' ? 'server' : 'absent';
    return unusable(cause, `${trial.server} ${trial.status}: ${trial.reason}`);
  }
  const measurement = measurementFor(trial, metric);
  if (!measurement) {
    return unusable('absent', `${trial.server} was not measured in ${loopInWords(metric)}`);
  }
  const objection = objectionTo([...trial.warnings, ...measurement.warnings]);
  if (objection) {
    const cause = serversDoing.has(objection.code) ? 'server' : 'measuring';
    return unusable(cause, `${trial.server}'s numbers are void: ${objection.message}`);
  }
  const of = classOf(measurement, metric);
  if (!of) return unusable('absent', `${trial.server} was sent no such requests`);

  if (metric.kind === 'response-time' && of.requests.sent < fewestRequests) {
    return unusable('measuring', `${trial.server} was sent too few requests: ${of.requests.sent}`);
  }

  const value = valueOf(of, metric);
  if (value === null) {
    return unusable('server', `too many of ${trial.server}'s requests got no good answer`);
  }
  if (value <= 0) return unusable('server', `${trial.server} gave no good answer`);
  return { usable: true, value, requests: of.requests.ok };
}

/** Whether the server had its chance, whatever became of it. */
export function isTried(reading: Reading): boolean {
  return reading.usable || reading.cause !== 'absent';
}

/** Response times are compared at the rate that all servers share; throughput in the closed loop. */
export function measurementFor(trial: Trial, metric: Metric): Measurement | undefined {
  return trial.measurements.find(({ loop, rate }) =>
    metric.kind === 'throughput' ? loop === 'closed' : loop === 'open' && rate === 'shared',
  );
}

/** The instrument's failings come first: what seems the server's doing may follow from them. */
function objectionTo(warnings: readonly Warning[]): Warning | undefined {
  const voids = warnings.filter(({ severity }) => severity === 'void');
  return voids.find(({ code }) => !serversDoing.has(code)) ?? voids[0];
}

/** All of a measurement's requests, or those of the class that is compared. */
export function classOf(
  measurement: Measurement,
  metric: Metric,
): Omit<ClassMeasurement, 'name'> | undefined {
  if (metric.kind === 'throughput' || metric.className === null) return measurement;
  return measurement.classes.find(({ name }) => name === metric.className);
}

function valueOf(of: Omit<ClassMeasurement, 'name'>, metric: Metric): number | null {
  if (metric.kind === 'throughput') return of.throughputPerSecond;
  return of.responseTime?.[`${metric.percentile}Ms`] ?? null;
}

function loopInWords(metric: Metric): string {
  return metric.kind === 'throughput' ? 'a closed loop' : 'an open loop at the common rate';
}
