import { seededRandom } from '../../results/statistics/random.ts';

/** What the load of a trial depends on: not its server, so that all servers of a block meet the same arrivals. */
export interface LoadedTrial {
  readonly block: number;
  readonly workload: { readonly workload: { readonly name: string } };
}

/**
 * The seed of what is asked in a trial, and when. Arrivals are a part of what is sampled: with the same ones in
 * every block, intervals of response times would hold for those arrivals alone.
 *
 * @param runSeed the plan's
 * @returns a whole number of 32 bits
 */
export function loadSeedOf(runSeed: number, { block, workload }: LoadedTrial): number {
  const name = `load of ${workload.workload.name}, block ${block}`;
  return Math.floor(seededRandom(runSeed, name)() * 2 ** 32);
}
