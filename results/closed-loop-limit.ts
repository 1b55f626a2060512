import type { Measurement, Trial } from './document/run-document.ts';
import { demandOf } from './statistics/queueing/demand.ts';

/** A workload, as far as its requests wait. */
interface WaitingWorkload {
  readonly classes: readonly { readonly weight: number; readonly waitMs: number }[];
}

/** Above this share of the most that its connections allow, a closed loop may be limited by them. */
const connectionBoundShare = 0.9;
/** A closed loop whose requests take as long as at a light load, up to this share, had no queue. */
const sameTimeShare = 0.1;

/**
 * The most requests/s that the connections of a closed loop can send while each waits for its answer, from the wait in a
 * request alone; infinite without a wait.
 */
export const mostFromConnections = (connections: number, { classes }: WaitingWorkload): number =>
  connections /
  demandOf(
    classes.map(({ weight, waitMs }) => ({ weight, cpuSeconds: 0, waitSeconds: waitMs / 1000 })),
  ).waitSeconds;

type ClosedLoop = Pick<Measurement, 'throughputPerSecond' | 'connections'>;

/**
 * Whether the connections of a closed loop may have limited its throughput, so that it does not show the capacity: by the
 * waits of the workload or, where these are not known, because requests take as long as at a light load. By Little's law
 * they take connections ÷ throughput.
 *
 * @param lightMs see `lightMsOf`
 */
export const isLimitedByConnections = (
  { throughputPerSecond, connections }: ClosedLoop,
  workload: WaitingWorkload,
  lightMs: number | null,
): boolean => {
  if (throughputPerSecond >= connectionBoundShare * mostFromConnections(connections, workload)) {
    return true;
  }
  const closedMs = (1000 * connections) / throughputPerSecond;
  return lightMs !== null && Math.abs(lightMs / closedMs - 1) <= sameTimeShare;
};

/** The mean response time in ms at the lightest load of a server, where a request hardly queues; null if unknown. */
export function lightMsOf(trials: readonly Pick<Trial, 'measurements' | 'curve'>[]): number | null {
  const [lightest] = trials
    .flatMap(({ measurements, curve }) => [...measurements, ...curve])
    .filter(({ loop, rate }) => loop === 'open' && rate !== 'alone')
    .toSorted((a, b) => (a.offeredPerSecond ?? 0) - (b.offeredPerSecond ?? 0));
  return lightest?.responseTime?.meanMs ?? null;
}

/** Whether connections may have limited the closed loops of a server: those of half of its blocks or more. */
export const areLimitedByConnections = (
  loops: readonly Measurement[],
  workload: WaitingWorkload,
  lightMs: number | null,
): boolean =>
  loops.length > 0 &&
  2 * loops.filter((loop) => isLimitedByConnections(loop, workload, lightMs)).length >=
    loops.length;
