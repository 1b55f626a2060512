import type { Pilot } from '../../results/run-document.ts';

/** A rate at which an open loop sends. */
export interface Rate {
  readonly kind: 'common' | 'own';
  readonly perSecond: number;
}

export type Rates = readonly Rate[];

/** Loaded, but with room to spare even for the slowest server of the comparison. */
const commonShare = 0.6;
/** Loaded as a careful operator would load it. */
const ownShare = 0.7;

/**
 * The open-loop rates for one server under one workload: one common to all servers, from the slowest one's
 * pilot capacity, and one from its own.
 *
 * @param fixedPerSecond the common rate when the user has chosen it, so that runs can be compared
 * @returns no rates when the server's pilot failed: nothing is known of what it can bear
 */
export function ratesFor(
  server: string,
  workload: string,
  pilots: readonly Pilot[],
  kinds: readonly Rate['kind'][],
  fixedPerSecond: number | null,
): Rates {
  const beside = pilots.filter(
    (pilot) => pilot.workload === workload && pilot.capacityPerSecond > 0,
  );
  const own = beside.find((pilot) => pilot.server === server);
  if (!own) return [];
  const slowest = Math.min(...beside.map((pilot) => pilot.capacityPerSecond));
  const perSecond = {
    common: fixedPerSecond ?? commonShare * slowest,
    own: ownShare * own.capacityPerSecond,
  };
  return kinds.map((kind) => ({ kind, perSecond: perSecond[kind] }));
}
