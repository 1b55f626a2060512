import type { Demand } from './demand.ts';

/**
 * Requests a second that a closed loop cannot exceed: what the server can serve, and what so many
 * connections can ask for when nothing queues (asymptotic bounds; P. J. Denning and J. P. Buzen, "The
 * operational analysis of queueing network models", 1978).
 */
export function closedLoopBound(
  connections: number,
  demand: Demand,
  capacityPerSecond: number,
): number {
  return Math.min(capacityPerSecond, connections / demand.cpuAndWait.meanSeconds);
}

/**
 * How far a closed loop is from Little's law (J. D. C. Little, 1961), by which requests in flight =
 * throughput × mean time: 0.05 when throughput and times account for 5 % fewer requests than were in
 * flight, −0.05 for more.
 */
export function littlesLawGap(
  inFlight: number,
  throughputPerSecond: number,
  meanSeconds: number,
): number {
  return (inFlight - throughputPerSecond * meanSeconds) / inFlight;
}
