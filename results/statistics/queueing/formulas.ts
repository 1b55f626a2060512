import type { Demand, TimeDemand } from './demand.ts';

/**
 * The throughput (requests/s) that a closed loop cannot exceed: the server's capacity, and what its connections can
 * request while nothing queues (asymptotic bounds; P. J. Denning and J. P. Buzen, "The operational analysis of queueing
 * network models", 1978).
 */
export function closedLoopBound(
  connections: number,
  demand: Demand,
  capacityPerSecond: number,
): number {
  return Math.min(capacityPerSecond, connections / demand.cpuAndWait.meanSeconds);
}

/**
 * How far a closed loop is from Little's law (J. D. C. Little, 1961), requests in flight = throughput × mean time: 0.05
 * when throughput × mean time is 5 % below the requests in flight, −0.05 when it is 5 % above.
 */
export function littlesLawGap(
  inFlight: number,
  throughputPerSecond: number,
  meanSeconds: number,
): number {
  return (inFlight - throughputPerSecond * meanSeconds) / inFlight;
}

/**
 * The probability that an arrival finds all servers busy and has to wait: A. K. Erlang's formula for M/M/k (1917),
 * through the recursion for his loss formula.
 *
 * @param load arrivals/s × service time in seconds; 1 is returned where it is not below the number of servers
 */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1;
  let loss = 1;
  for (let count = 1; count <= servers; count++) loss = (load * loss) / (count + load * loss);
  return loss / (1 - (load / servers) * (1 - loss));
}

/**
 * The mean time in queue, first come first served, with k servers: exact for k = 1 (Pollaczek–Khinchine) and for
 * exponential service; otherwise the approximation of A. M. Lee and P. A. Longton, "Queueing processes associated with
 * airline passenger check-in" (1959). Null when the load is not below the number of servers.
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
 * The mean time that k shared cores add to a request, each request using at most one (processor sharing): the same as
 * the queueing time with exponential service, whatever the distribution. Null when the load is not below the number of
 * cores.
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
