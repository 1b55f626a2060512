import type { Pilot } from '../../results/document/run-document.ts';

/** A rate at which an open loop sends. */
export interface Rate {
  readonly kind: 'shared' | 'proportional';
  readonly perSecond: number;
}

/** Loaded, but with room to spare even for the slowest server of the comparison. */
const commonShare = 0.6;
/** Loaded as a careful operator would load it. */
const ownShare = 0.7;

/**
 * The rate at which all servers are asked under a workload: 60 % of what the slowest of them served in the first block.
 *
 * @param fixedPerSecond what the user has chosen instead, so that runs can be compared
 * @returns null when no server served anything
 */
export function sharedRate(
  workload: string,
  pilots: readonly Pilot[],
  fixedPerSecond: number | null,
): number | null {
  const capacities = pilots
    .filter((pilot) => pilot.workload === workload && pilot.capacityPerSecond > 0)
    .map(({ capacityPerSecond }) => capacityPerSecond);
  if (capacities.length === 0) return null;
  return fixedPerSecond ?? commonShare * Math.min(...capacities);
}

/**
 * The rates of a trial's open loops: the common one, and one near what the server served in the same trial. A rate
 * that the first block set for all others would be too high or too low in every one of them alike, by the noise of one
 * window, and the error in no interval.
 *
 * @returns no rates when the server served nothing: nothing is known of what it can bear
 */
export function ratesOf(
  kinds: readonly Rate['kind'][],
  sharedPerSecond: number | null,
  servedPerSecond: number,
): Rate[] {
  if (servedPerSecond <= 0) return [];
  return kinds.flatMap((kind) => {
    const perSecond = kind === 'shared' ? sharedPerSecond : ownShare * servedPerSecond;
    return perSecond === null ? [] : [{ kind, perSecond }];
  });
}
