import type { Measurement, Pilot } from '../../results/document/run-document.ts';
import { seededRandom } from '../../results/statistics/random.ts';

/** The rate of an open loop. */
export interface Rate {
  readonly kind: NonNullable<Measurement['rate']>;
  readonly perSecond: number;
}

/** The shared rate as a share of the slowest server's throughput: it loads that server, and leaves reserves. */
const sharedShare = 0.6;
/** The proportional rate as a share of the server's own throughput: as a careful operator loads a server. */
const proportionalShare = 0.7;

/**
 * The rate at which every server is loaded under a workload: 60 % of the slowest server's throughput in the first block.
 *
 * @param chosenPerSecond the user's own choices by workload, so that runs can be compared
 * @returns null if no server answered anything
 */
export function sharedRate(
  workload: string,
  pilots: readonly Pick<Pilot, 'workload' | 'capacityPerSecond'>[],
  chosenPerSecond: ReadonlyMap<string, number>,
): number | null {
  const capacities = pilots
    .filter((pilot) => pilot.workload === workload && pilot.capacityPerSecond > 0)
    .map(({ capacityPerSecond }) => capacityPerSecond);
  if (capacities.length === 0) return null;
  return chosenPerSecond.get(workload) ?? sharedShare * Math.min(...capacities);
}

/** What the rate of an open loop depends on. */
export interface RateBasis {
  /** Null if no server answered anything. */
  readonly sharedPerSecond: number | null;
  /** The weights of the classes of requests, the first class first. */
  readonly weights: readonly number[];
  /** What the server served in the closed loop of the same trial; null without one. */
  readonly throughputPerSecond: number | null;
}

/**
 * The rate of an open loop. A proportional rate follows the server's throughput in the same trial: one from the first
 * block would repeat the error of one window in every later block, where no interval could show it.
 *
 * @returns null for a server that answered nothing: its capacity is unknown
 */
export function rateOf(
  kind: Rate['kind'],
  { sharedPerSecond, weights, throughputPerSecond }: RateBasis,
): Rate | null {
  if (throughputPerSecond !== null && throughputPerSecond <= 0) return null;
  const [first = 1] = weights;
  const firstShare = first / weights.reduce((sum, weight) => sum + weight, 0);
  const perSecond = {
    shared: sharedPerSecond,
    alone: sharedPerSecond && firstShare * sharedPerSecond,
    proportional: throughputPerSecond && proportionalShare * throughputPerSecond,
  }[kind];
  return perSecond === null ? null : { kind, perSecond };
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
