import type { Measurement } from './document/run-document.ts';
import { demandOf } from './statistics/queueing/demand.ts';

/** A workload, as far as its requests wait. */
interface WaitingWorkload {
  readonly classes: readonly { readonly weight: number; readonly waitMs: number }[];
}

/** Above this share of the most that its connections allow, a closed loop may be limited by them. */
const connectionBoundShare = 0.9;

/**
 * The most requests/s that the connections of a closed loop can send while each waits for its answer, from the wait in a
 * request alone; infinite without a wait.
 */
export const mostFromConnections = (connections: number, { classes }: WaitingWorkload): number =>
  connections /
  demandOf(
    classes.map(({ weight, waitMs }) => ({ weight, cpuSeconds: 0, waitSeconds: waitMs / 1000 })),
  ).waitSeconds;

/** Whether the connections of a closed loop may have limited its throughput, so that it does not show the capacity. */
export const isLimitedByConnections = (
  { throughputPerSecond, connections }: Pick<Measurement, 'throughputPerSecond' | 'connections'>,
  workload: WaitingWorkload,
): boolean =>
  throughputPerSecond >= connectionBoundShare * mostFromConnections(connections, workload);

/** Whether connections may have limited the closed loops of a server: those of half of its blocks or more. */
export const areLimitedByConnections = (
  loops: readonly Measurement[],
  workload: WaitingWorkload,
): boolean =>
  loops.length > 0 &&
  2 * loops.filter((loop) => isLimitedByConnections(loop, workload)).length >= loops.length;
