import { type Random, seededRandom, shuffled } from '../../../results/statistics/random.ts';
import { sumOf } from '../../../results/statistics/summary.ts';
import { isInShare, type Share, whole } from '../share.ts';
import { mostUsual } from './usual-schedule.ts';

/** When each request of an open loop is due, and its class. */
export interface ArrivalSchedule {
  /** In ms from the start of the load, ascending. Shared with the pacer's thread. */
  readonly offsetsMs: Float64Array<SharedArrayBuffer>;
  readonly classIndices: Uint16Array;
}

/** What a schedule depends on. */
export interface ScheduledLoad {
  readonly ratePerSecond: number;
  readonly arrivals: 'poisson' | 'uniform';
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
  /** How often the requests of each class are sent, relative to the others. */
  readonly weights: readonly number[];
  readonly seed: number;
  readonly share?: Share | undefined;
}

/** Of so many Poisson schedules the most usual one is taken; of fewer where they are long, since then all are alike. */
const mostDrawn = 32;
const fewestDrawn = 3;
const mostArrivalsDrawn = 50_000;

/**
 * The schedule of a load, which the seed determines: the same for every server. Uniform arrivals have equal gaps. Poisson
 * arrivals have independent exponential gaps; of several such schedules, the one that makes a queue as long as they do on
 * average is taken (decision 30). A share of a load has a share of the same schedule.
 */
export function arrivalSchedule(load: ScheduledLoad): ArrivalSchedule {
  const random = seededRandom(load.seed, 'arrivals');
  const arrivals = drawArrivals(load, random);
  const parts = partsOf(load, arrivals, random);
  const possible = Math.floor(mostArrivalsDrawn / Math.max(1, arrivals.length));
  const drawn = Math.min(mostDrawn, possible);
  const { offsetsMs: all, classIndices } =
    load.arrivals === 'uniform' || drawn < fewestDrawn
      ? { offsetsMs: arrivals, classIndices: drawClasses(parts, load.weights, random) }
      : mostUsual(
          Array.from({ length: drawn }, () => drawSchedule(parts, load.weights, random)),
          load,
        );
  const isOwn = (_: number, position: number) => isInShare(position, load.share ?? whole);
  const own = all.filter(isOwn);
  const offsetsMs = new Float64Array(
    new SharedArrayBuffer(own.length * Float64Array.BYTES_PER_ELEMENT),
  );
  offsetsMs.set(own);
  return { offsetsMs, classIndices: classIndices.filter(isOwn) };
}

/** A schedule as it was drawn, of the whole load. */
export interface DrawnSchedule {
  readonly offsetsMs: readonly number[];
  readonly classIndices: Uint16Array;
}

function drawArrivals(load: ScheduledLoad, random: Random): number[] {
  const gapMs = 1000 / load.ratePerSecond;
  const endMs = (load.warmupSeconds + load.windowSeconds) * 1000;
  const nextGap = load.arrivals === 'poisson' ? () => -Math.log(1 - random()) * gapMs : () => gapMs;
  const offsetsMs: number[] = [];
  for (let ms = load.arrivals === 'poisson' ? nextGap() : 0; ms < endMs; ms += nextGap()) {
    offsetsMs.push(ms);
  }
  return offsetsMs;
}

/** The warm-up or the window of a load: what all of its schedules have in common. */
interface Part {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly count: number;
  /** Of the rounding of its classes, from 0 to 1. */
  readonly phase: number;
}

/**
 * How many arrivals the parts of a load have is drawn once: were it drawn for each schedule, the choice would favour some
 * numbers, and the rate would not be the one asked for.
 */
function partsOf(load: ScheduledLoad, arrivals: readonly number[], random: Random): Part[] {
  const [warmupMs, windowMs] = [1000 * load.warmupSeconds, 1000 * load.windowSeconds];
  const inWarmup = arrivals.filter((ms) => ms < warmupMs).length;
  return [
    { startMs: 0, lengthMs: warmupMs, count: inWarmup, phase: random() },
    {
      startMs: warmupMs,
      lengthMs: windowMs,
      count: arrivals.length - inWarmup,
      phase: random(),
    },
  ];
}

/** Given their number, the arrivals of a Poisson process are spread evenly, independent of each other. */
function drawSchedule(
  parts: readonly Part[],
  weights: readonly number[],
  random: Random,
): DrawnSchedule {
  const offsetsMs = parts.flatMap(({ startMs, lengthMs, count }) =>
    Array.from({ length: count }, () => startMs + lengthMs * random()).sort((a, b) => a - b),
  );
  return { offsetsMs, classIndices: drawClasses(parts, weights, random) };
}

/**
 * In each part, each class as often as its weight says, in random order: were classes drawn independently, a window with a
 * few heavy requests more would be much slower. Rounding is by chance (systematic sampling), so that no class is favoured.
 */
function drawClasses(
  parts: readonly Part[],
  weights: readonly number[],
  random: Random,
): Uint16Array {
  const total = sumOf(weights);
  const classes = parts.flatMap(({ count, phase }) => {
    const classAt = (position: number) => {
      let left = ((position + phase) / count) * total;
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index < 0 ? weights.length - 1 : index;
    };
    return shuffled(
      Array.from({ length: count }, (_, position) => classAt(position)),
      random,
    );
  });
  return Uint16Array.from(classes);
}
