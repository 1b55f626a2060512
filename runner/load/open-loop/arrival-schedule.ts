import { type Random, seededRandom, shuffled } from '../../../results/statistics/random.ts';
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
const mostArrivalsDrawn = 50_000;

/**
 * The schedule of a load, which the seed determines: the same for every server. Uniform arrivals have equal gaps. Poisson
 * arrivals have independent exponential gaps; of several such schedules, the one that makes a queue as long as they do on
 * average is taken (decision 30). A share of a load has a share of the same schedule.
 */
export function arrivalSchedule(load: ScheduledLoad): ArrivalSchedule {
  const random = seededRandom(load.seed, 'arrivals');
  const arrivals = load.ratePerSecond * (load.warmupSeconds + load.windowSeconds);
  const drawn = Math.min(mostDrawn, Math.max(1, Math.floor(mostArrivalsDrawn / arrivals)));
  // The same for all: were it drawn for each, rounding up or down would be chosen, too.
  const phase = random();
  const schedules = Array.from({ length: load.arrivals === 'poisson' ? drawn : 1 }, () =>
    drawSchedule(load, phase, random),
  );
  const { offsetsMs: all, classIndices } = mostUsual(schedules, load);
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

function drawSchedule(load: ScheduledLoad, phase: number, random: Random): DrawnSchedule {
  const gapMs = 1000 / load.ratePerSecond;
  const endMs = (load.warmupSeconds + load.windowSeconds) * 1000;
  const nextGap = load.arrivals === 'poisson' ? () => -Math.log(1 - random()) * gapMs : () => gapMs;
  const offsetsMs: number[] = [];
  for (let ms = load.arrivals === 'poisson' ? nextGap() : 0; ms < endMs; ms += nextGap()) {
    offsetsMs.push(ms);
  }
  return { offsetsMs, classIndices: drawClasses(offsetsMs.length, load.weights, phase, random) };
}

/**
 * Each class as often as its weight says, in random order: were classes drawn independently, a window with a few heavy
 * requests more would be much slower. Rounding is by chance (systematic sampling), so that no class is favoured.
 *
 * @param phase of the rounding, from 0 to 1
 */
function drawClasses(
  count: number,
  weights: readonly number[],
  phase: number,
  random: Random,
): Uint16Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const classAt = (position: number) => {
    let left = ((position + phase) / count) * total;
    const index = weights.findIndex((weight) => (left -= weight) < 0);
    return index < 0 ? weights.length - 1 : index;
  };
  const classes = Array.from({ length: count }, (_, position) => classAt(position));
  return Uint16Array.from(shuffled(classes, random));
}
