import { isLimitedByConnections } from '../../results/closed-loop-limit.ts';
import type { Measurement } from '../../results/document/run-document.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';

/** What a server can take under a workload, in requests/s. */
export interface Capacity {
  readonly perSecond: number;
  /** What the load generator can send of these requests, without being the bottleneck. */
  readonly generatorPerSecond: number;
  /** What a request takes at least; null where nothing was answered. */
  readonly fastestMs: number | null;
}

const mostConnections = 1000;
/** As many requests in flight as are answered within this time, so that draining takes no longer. */
const drainSeconds = 0.5;
const load = { warmupSeconds: 0.1, windowSeconds: 0.3 };
/** Below the 70 % of a core from which on the load generator may limit the numbers. */
const generatorShare = 0.6;

/** Many connections that a server can serve soon; null where they are hardly more than it had. */
export function manyConnections(few: number, throughputPerSecond: number): number | null {
  const many = Math.min(mostConnections, Math.floor(drainSeconds * throughputPerSecond));
  return many < 2 * few ? null : many;
}

/**
 * What a server can take: the throughput of its closed loop or, if that is more, of one with many more connections. With
 * requests that wait, the connections of the plan may limit the throughput long before the server does. Where they do not,
 * more connections would mislead: in a short window, heavy requests have not been answered yet.
 *
 * @param open an open loop on the server; null without one
 */
export async function measureCapacity(
  session: Session,
  closed: Measurement,
  open: Measurement | null,
): Promise<Capacity> {
  const { workload } = session;
  const lightMs = open?.responseTime?.meanMs ?? null;
  const mayBeLimited =
    workload.definition === null || isLimitedByConnections(closed, workload, lightMs);
  const connections = mayBeLimited
    ? manyConnections(closed.connections, closed.throughputPerSecond)
    : null;
  const more =
    connections === null ? closed : await measureClosedLoop(session, { connections, ...load });
  const best = more.throughputPerSecond > closed.throughputPerSecond ? more : closed;
  return {
    perSecond: best.throughputPerSecond,
    generatorPerSecond: generatorLimit(best, open),
    fastestMs: closed.serviceTime.minMs,
  };
}

/**
 * What the load generator can send in an open loop: a request costs it as much CPU time as in a closed loop, and keeping
 * to the schedule costs what an open loop uses beyond that, at any rate.
 */
export function generatorLimit(closed: Measurement, open: Measurement | null): number {
  const perRequest = closed.requests.sent === 0 ? 0 : coresOf(closed) / sentPerSecond(closed);
  if (perRequest === 0) return Number.POSITIVE_INFINITY;
  const forSchedule = open ? Math.max(0, coresOf(open) - perRequest * sentPerSecond(open)) : 0;
  const cores = generatorShare * closed.generatorProcesses;
  return Math.max(0, cores - forSchedule) / perRequest;
}

const coresOf = ({ client, windowSeconds }: Measurement): number =>
  (client.cpuSeconds ?? 0) / windowSeconds;

const sentPerSecond = ({ requests, windowSeconds }: Measurement): number =>
  requests.sent / windowSeconds;
