import type { Measurement, PlannedWorkload, RunDocument, Trial } from '../document/run-document.ts';
import { isVoid } from '../select.ts';
import { sumOf } from '../statistics/summary.ts';

/** The trials that compare a server on a workload and that nothing voids, by block. */
export function usableTrials(
  { trials }: RunDocument,
  server: string,
  workload: string,
): Map<number, Trial> {
  return new Map(
    trials
      .filter((trial) => trial.purpose === 'comparison' && trial.status === 'ok')
      .filter((trial) => trial.server === server && trial.workload === workload)
      .filter((trial) => !isVoid(trial))
      .map((trial) => [trial.block, trial]),
  );
}

/** A trial's closed loops: those of its sweep, and the main one; void ones left out. */
export function closedWindows({ sweep, measurements }: Trial): Measurement[] {
  return [...sweep, ...measurements.filter(({ loop }) => loop === 'closed')].filter(
    (measurement) => !isVoid(measurement),
  );
}

/** A trial's open loop near the server's own capacity, unless it is void. */
export function proportionalWindow({ measurements }: Trial): Measurement | undefined {
  return measurements.find(
    (measurement) => measurement.rate === 'proportional' && !isVoid(measurement),
  );
}

/**
 * The good answers of a closed loop a second. Where requests are shorter than the warm-up, so that all are of a queue of
 * its usual length, from their mean time (Little's law): answers come in bursts, one for each wait, and a short window
 * counts one burst more or less. Else by counting.
 */
export function closedThroughput(measurement: Measurement, workload: PlannedWorkload): number {
  const { connections, requests, warmupSeconds, throughputPerSecond } = measurement;
  const meanSeconds = meanTimeSeconds(measurement, workload);
  const allGood = requests.ok === requests.sent;
  return allGood && meanSeconds > 0 && meanSeconds <= warmupSeconds
    ? connections / meanSeconds
    : throughputPerSecond;
}

/** Of requests in the proportions of the plan: a few requests may be of other ones. */
function meanTimeSeconds({ classes, serviceTime }: Measurement, workload: PlannedWorkload): number {
  const times = workload.classes.flatMap(({ name, weight }) => {
    const meanMs = classes.find((one) => one.name === name)?.serviceTime.meanMs;
    return meanMs ? [{ weight, meanMs }] : [];
  });
  const weights = sumOf(times.map(({ weight }) => weight));
  const meanMs =
    times.length < workload.classes.length
      ? serviceTime.meanMs
      : sumOf(times.map((time) => (time.weight / weights) * time.meanMs));
  return (meanMs ?? Number.POSITIVE_INFINITY) / 1000;
}
