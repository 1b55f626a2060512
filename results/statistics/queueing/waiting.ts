import type { TimeDemand } from './demand.ts';
import { erlangC } from './erlang-c.ts';

/**
 * The mean time that a request queues, first come first served, before one of k servers: exact for k = 1
 * (Pollaczek–Khinchine) and for exponential service; else the approximation of A. M. Lee and P. A. Longton,
 * "Queueing processes associated with airline passenger check-in" (1959). Null when arrivals outrun the
 * servers.
 */
export function queueingSeconds(
  servers: number,
  arrivalsPerSecond: number,
  { meanSeconds, squaredVariation }: TimeDemand,
): number | null {
  const shared = sharedQueueingSeconds(servers, arrivalsPerSecond, meanSeconds);
  return shared === null ? null : ((1 + squaredVariation) / 2) * shared;
}

/**
 * The mean time that k cores add to a request when all requests share them, none getting more than one: as
 * with exponential service, whatever the distribution is (processor sharing is insensitive to it). Null
 * when arrivals outrun the cores.
 */
export function sharedQueueingSeconds(
  servers: number,
  arrivalsPerSecond: number,
  meanSeconds: number,
): number | null {
  const load = arrivalsPerSecond * meanSeconds;
  if (load >= servers) return null;
  return (erlangC(servers, load) * meanSeconds) / (servers - load);
}
