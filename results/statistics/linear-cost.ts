/** What a request cost when its computation was repeated so many times. */
export interface CostReading {
  readonly times: number;
  readonly cost: number;
}

/**
 * How many repetitions cost so much, on the straight line cost = fixed + each × times through two readings.
 *
 * @returns null where the cost does not grow from the fewer repetitions to the more
 */
export function timesAtCost(few: CostReading, many: CostReading, cost: number): number | null {
  const each = (many.cost - few.cost) / (many.times - few.times);
  return each > 0 ? few.times + (cost - few.cost) / each : null;
}
