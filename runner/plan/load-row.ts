/** How a run measures its load curves: a part of the loads in each of some blocks. */
export interface CurvePlan {
  /** The loads of each workload. */
  readonly loads: number;
  readonly loadsPerBlock: number;
  /** The blocks with a part of the curve, enough to measure every load in several of them. */
  readonly parts: number;
  /** The first of these blocks; until then, comparisons have all of the time. */
  readonly firstBlock: number;
}

/** The number of blocks until load curves are complete, if no block leaves its part out. */
export const blocksWithCurve = (curve: CurvePlan | null): number =>
  curve ? curve.firstBlock + curve.parts : 0;

/** The lowest load, as a share of what the slowest server can take: a light load for every server. */
const lightShare = 0.4;
/** The highest load, as a share of what the best server can take: too much for all. */
const overloadShare = 1.25;

/**
 * The loads of a curve in requests/s, in a geometric row from light for the slowest server to too much for the best one,
 * rounded to two digits.
 *
 * @param capacities what each server can take; a server that answers nothing has 0
 * @param count how many loads, two or more
 * @param mostPerSecond what the load generator can send
 * @returns empty if no server can take anything, or nothing can be sent
 */
export function loadRow(
  capacities: readonly number[],
  count: number,
  mostPerSecond = Number.POSITIVE_INFINITY,
): number[] {
  const working = capacities.filter((capacity) => capacity > 0);
  if (working.length === 0 || mostPerSecond <= 0) return [];
  const highest = Math.min(overloadShare * Math.max(...working), mostPerSecond);
  const lowest = Math.min(lightShare * Math.min(...working), highest);
  const loads = Array.from({ length: count }, (_, index) =>
    twoDigits(lowest * (highest / lowest) ** (index / (count - 1))),
  );
  return [...new Set(loads)];
}

/** A server with fewer loads of the row below its capacity has loads of its own, at these shares of it. */
const fewestLoads = 2;
const ownShares = [0.75, 0.9];

/** The loads that one server alone is measured at; none where the row shows enough of its curve. */
export function ownLoads(row: readonly number[], capacity: number): number[] {
  const shown = row.filter((load) => load < capacity).length;
  if (capacity <= 0 || shown >= fewestLoads) return [];
  return ownShares.map((share) => twoDigits(share * capacity));
}

/** Loads that differ by less show the same. */
const leastDifference = 0.05;

/** Of the loads at which a server reaches its objectives, rounded to two digits, those that are not measured anyway. */
export function furtherLoads(measured: readonly number[], reached: readonly number[]): number[] {
  const isMeasured = (load: number) =>
    measured.some((other) => Math.abs(load / other - 1) < leastDifference);
  return [...new Set(reached.map(twoDigits))].filter((load) => !isMeasured(load));
}

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/**
 * The loads of a row that one part measures, in rising order. Over as many parts as the row has loads, each load comes
 * equally often, and the loads of a part are spread over the row.
 */
export function rowPart(row: readonly number[], loadsPerPart: number, part: number): number[] {
  const { length } = row;
  const size = Math.min(loadsPerPart, length);
  const stride = strideFor(length);
  return Array.from({ length: size }, (_, index) => row[((part * size + index) * stride) % length])
    .filter((load) => load !== undefined)
    .toSorted((a, b) => a - b);
}

/** About half of a length, and coprime to it, so that steps of this size visit every place. */
function strideFor(length: number): number {
  let stride = Math.max(1, Math.floor(length / 2));
  while (greatestCommonDivisor(stride, length) > 1) stride += 1;
  return stride;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/**
 * Whether a server is measured at a load: up to the first one that is too much for it. At higher ones it would only be
 * overloaded again, and take long to recover.
 */
export function takesLoad(row: readonly number[], load: number, capacity: number): boolean {
  const below = row.filter((other) => other < load).at(-1);
  return capacity > 0 && (below === undefined || below <= capacity);
}
