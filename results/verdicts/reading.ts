import type { PlannedWorkload, Trial, Warning } from '../document/run-document.ts';
import { plural } from '../format.ts';
import { blameFor } from '../gates/gates.ts';
import { isDisturbed } from '../gates/noisy-host.ts';
import { fewestRequests, highestPercentile } from '../percentile.ts';
import { classOf, failedIn, type Requests, type WindowName, windowOf } from '../select.ts';
import { type Metric, metricInWords } from './metric.ts';

/** A trial's value of a metric, or why it has none that may be used. */
export type Reading = (Value | NoValue) & {
  /** Whether other programs disturbed the window. */
  readonly disturbed: boolean;
};

interface Value {
  readonly usable: true;
  readonly value: number;
  readonly requests: number;
}

interface NoValue {
  readonly usable: false;
  readonly cause: Cause;
  readonly reason: string;
  /** What the server did, as a predicate: "was overloaded". */
  readonly failure: string;
}

/**
 * Why there is no number. `server`: the server did worse than any number says. `measuring`: the load generator or the
 * machine is to blame, and nothing is known of the server. `absent`: nothing was measured.
 */
type Cause = 'server' | 'measuring' | 'absent';

/** The window in which a metric is measured. */
export const windowFor = ({ kind }: Metric): WindowName =>
  kind === 'throughput' ? 'closed' : 'shared';

/**
 * Reads a metric from a trial: from the window in which servers are compared, if no other is given. A reason is a clause
 * whose subject is the server.
 */
export function readMetric(trial: Trial, metric: Metric, window = windowFor(metric)): Reading {
  const measurement = trial.status === 'ok' ? windowOf(trial, window) : null;
  const disturbed = measurement !== null && isDisturbed(measurement);
  return { ...valueIn(trial, metric, window), disturbed };
}

function valueIn(trial: Trial, metric: Metric, window: WindowName): Value | NoValue {
  const { server } = trial;
  if (trial.status !== 'ok') {
    const cause = trial.status === 'failed' ? 'server' : 'absent';
    return unusable(cause, `${server} ${trial.status}: ${trial.reason}`);
  }
  const measurement = windowOf(trial, window);
  if (!measurement) return unusable('absent', `${server} was not measured in ${loops[window]}`);
  const warning = voidingWarning([...trial.warnings, ...measurement.warnings]);
  if (warning) {
    const cause = blameFor(warning) === 'server' ? 'server' : 'measuring';
    return warning.code === 'overloaded'
      ? unusable(cause, `${server} was ${warning.message}`, 'was overloaded')
      : unusable(cause, `${server}'s numbers are void: ${warning.message}`, 'did other work');
  }
  const requests = classOf(measurement, metric.kind === 'throughput' ? null : metric.className);
  if (!requests) return unusable('absent', `${server} was sent no requests of this class`);
  const { sent, ok } = requests.requests;
  if (metric.kind === 'response-time' && sent < fewestRequests) {
    return unusable(
      'measuring',
      `${server} was sent only ${sent} requests in a trial (${fewestRequests} needed); use a longer --duration`,
    );
  }
  const value = valueOf(requests, metric);
  if (value !== null && value > 0) {
    return { usable: true, value, requests: ok };
  }
  const failed = failedIn(requests);
  if (sent > 0 && failed === 0) {
    return unusable(
      'measuring',
      `${server} answered all of ${plural(sent, 'request')}, but none within the window; use a longer --duration`,
    );
  }
  return unusable(
    'server',
    `${server} gave no good response to ${failed.toLocaleString('en-US')} of ${plural(sent, 'request')}`,
    'left too many requests unanswered',
  );
}

const unusable = (cause: Cause, reason: string, failure = 'failed'): NoValue => ({
  usable: false,
  cause,
  reason,
  failure,
});

const loops: Readonly<Record<WindowName, string>> = {
  closed: 'a closed loop',
  shared: 'an open loop at the shared rate',
  alone: 'an open loop with requests of one class alone',
  proportional: 'an open loop at a rate proportional to its capacity',
};

const valueOf = (requests: Requests, metric: Metric): number | null =>
  metric.kind === 'throughput'
    ? requests.throughputPerSecond
    : (requests.responseTime?.[`${metric.percentile}Ms`] ?? null);

/**
 * The warning for which numbers are void. One that blames the load generator or the machine comes first, since what
 * seems to be the server's fault may follow from theirs.
 */
export function voidingWarning(warnings: readonly Warning[]): Warning | undefined {
  const voiding = warnings.filter(({ severity }) => severity === 'void');
  return voiding.find((warning) => blameFor(warning) !== 'server') ?? voiding[0];
}

/** Whether the server was measured, whatever came of it. */
export const isTried = (reading: Reading): boolean => reading.usable || reading.cause !== 'absent';

/**
 * Blocks in which a server has no number through its own fault: it crashed, left requests unanswered or could not keep
 * up. There it did worse than any number, so the remaining blocks make it look better than it is.
 */
export interface FailedBlocks {
  readonly server: string;
  readonly blocks: number;
  /** A clause: "pool had no p99 response time in 4 of 6 blocks (…)". */
  readonly reason: string;
}

/** @param readings one for each block; blocks that were not measured do not count */
export function failedBlocksOf(
  server: string,
  metric: Metric,
  readings: readonly Reading[],
): FailedBlocks | null {
  const failed = readings.flatMap((one) => (!one.usable && one.cause === 'server' ? [one] : []));
  const [first] = failed;
  if (!first) return null;
  const tried = readings.filter(isTried).length;
  const reason = `${server} had no ${metricInWords(metric)} in ${failed.length} of ${tried} blocks (${first.reason})`;
  return { server, blocks: failed.length, reason };
}

/**
 * What trials of one workload can be compared by: throughput, and response time of each class where there are open
 * loops.
 */
export function metricsOf({ classes }: PlannedWorkload, trials: readonly Trial[]): Metric[] {
  const classNames = classes.length > 1 ? classes.map(({ name }) => name) : [null];
  const hasOpenLoops = trials.some((trial) => windowOf(trial, 'shared'));
  return [
    { kind: 'throughput' },
    ...(hasOpenLoops ? classNames.map((className) => responseTime(trials, className)) : []),
  ];
}

/** At the highest percentile for which every trial that counts has the requests. */
function responseTime(trials: readonly Trial[], className: string | null): Metric {
  const median = { kind: 'response-time', percentile: 'p50', className } as const;
  const sent = trials.flatMap((trial) => {
    const reading = readMetric(trial, median);
    const counts = reading.usable || reading.cause === 'server';
    const measurement = counts ? windowOf(trial, 'shared') : null;
    return (measurement && classOf(measurement, className)?.requests.sent) ?? [];
  });
  return sent.length > 0 ? { ...median, percentile: highestPercentile(Math.min(...sent)) } : median;
}
