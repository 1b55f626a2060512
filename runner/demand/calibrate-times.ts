import { type CostReading, timesAtCost } from '../../results/statistics/linear-cost.ts';

/** A cost this close to the target is not refined. */
const closeEnough = 0.01;
const firstTimes = 100;
/** A reading says little of one that is many times larger. */
const largestStep = 20;
const mostRefinements = 6;

/**
 * Finds how often a computation must be repeated for a request to cost as much as the target: the fixed cost from one
 * repetition, then along the line through that and the latest reading, until the reading is the target.
 *
 * @param read what a request with so many repetitions costs, as a multiple of the target
 * @param mostTimes the limit on repetitions
 * @returns the reading closest to the target; that of one repetition where a request costs as much without computing
 */
export async function calibrateTimes(
  read: (times: number) => Promise<number>,
  mostTimes: number,
): Promise<CostReading> {
  const readingAt = async (times: number) => ({ times, cost: await read(times) });
  const alone = await readingAt(1);
  if (alone.cost >= 1 - closeEnough) return alone;

  let latest = await readingAt(firstTimes);
  let best = alone;
  for (let refined = 0; refined < mostRefinements; refined += 1) {
    const next = timesAtCost(alone, latest, 1) ?? Number.POSITIVE_INFINITY;
    const most = Math.min(mostTimes, latest.times * largestStep);
    latest = await readingAt(Math.max(2, Math.min(most, Math.round(next))));
    if (distance(latest) < distance(best)) best = latest;
    if (distance(latest) <= closeEnough) break;
  }
  return best;
}

const distance = ({ cost }: CostReading): number => Math.abs(cost - 1);
