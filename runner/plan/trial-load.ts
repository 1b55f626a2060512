import type { Pilot } from '../../results/document/run-document.ts';
import { seededRandom } from '../../results/statistics/random.ts';
import type { RateKind } from './budget.ts';

/** The rate of an open loop. */
export interface Rate {
  readonly kind: RateKind;
  readonly perSecond: number;
}

/** The shared rate as a share of the slowest server's throughput: it loads that server, and leaves reserves. */
const sharedShare = 0.6;
/** The proportional rate as a share of the server's own throughput: as a careful operator loads a server. */
const proportionalShare = 0.7;

/**
 * The rate at which every server is loaded under a workload: 60 % of the slowest server's throughput in the first block.
 *
 * @param fixedPerSecond the user's own choice, so that runs can be compared
 * @returns null if no server answered anything
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
  return fixedPerSecond ?? sharedShare * Math.min(...capacities);
}

/**
 * The rates of a trial's open loops: the shared one, and one in proportion to the server's throughput in the same trial.
 * A proportional rate from the first block would repeat the error of one window in every later block, where no
 * interval could show it.
 *
 * @returns no rates for a server that answered nothing: its capacity is unknown
 */
export function ratesOf(
  kinds: readonly RateKind[],
  sharedPerSecond: number | null,
  throughputPerSecond: number,
): Rate[] {
  if (throughputPerSecond <= 0) return [];
  return kinds.flatMap((kind) => {
    const perSecond = kind === 'shared' ? sharedPerSecond : proportionalShare * throughputPerSecond;
    return perSecond === null ? [] : [{ kind, perSecond }];
  });
}

/**
 * The seed of a trial's requests and arrival times: the same for every server of a block. It differs between blocks, since
 * arrivals are part of the sample: with the same ones in every block, intervals would hold for those arrivals only.
 *
 * @returns a whole number of 32 bits
 */
export function loadSeedOf(runSeed: number, workload: string, block: number): number {
  const random = seededRandom(runSeed, `load of ${workload}, block ${block}`);
  return Math.floor(random() * 2 ** 32);
}
