import { seededRandom, shuffled } from '../../../results/statistics/random.ts';
import { isInShare, type Share, whole } from '../share.ts';

/** When each request of an open loop is due, and its class. */
export interface ArrivalSchedule {
  /** In ms from the start of the load, ascending. Shared with the pacer's thread. */
  readonly offsetsMs: Float64Array<SharedArrayBuffer>;
  readonly classIndices: Uint16Array;
}

/**
 * The schedule of a load, which the seed determines: the same for every server. Poisson arrivals have independent
 * exponential gaps; uniform arrivals have equal gaps. A share of a load has a share of the same schedule.
 */
export function arrivalSchedule(load: {
  readonly ratePerSecond: number;
  readonly arrivals: 'poisson' | 'uniform';
  readonly seconds: number;
  readonly weights: readonly number[];
  readonly seed: number;
  readonly share?: Share | undefined;
}): ArrivalSchedule {
  const gapMs = 1000 / load.ratePerSecond;
  const endMs = load.seconds * 1000;
  const random = seededRandom(load.seed, 'arrivals');
  const nextGap = load.arrivals === 'poisson' ? () => -Math.log(1 - random()) * gapMs : () => gapMs;
  const offsets: number[] = [];
  for (let ms = load.arrivals === 'poisson' ? nextGap() : 0; ms < endMs; ms += nextGap()) {
    offsets.push(ms);
  }
  const isOwn = (_: number, position: number) => isInShare(position, load.share ?? whole);
  const own = offsets.filter(isOwn);
  const offsetsMs = new Float64Array(
    new SharedArrayBuffer(own.length * Float64Array.BYTES_PER_ELEMENT),
  );
  offsetsMs.set(own);
  const classIndices = drawClasses(offsets.length, load.weights, load.seed).filter(isOwn);
  return { offsetsMs, classIndices };
}

/**
 * Each class as often as its weight says, in random order: were classes drawn independently, a window with a few heavy
 * requests more would be much slower. Rounding is by chance (systematic sampling), so that no class is favoured.
 */
function drawClasses(count: number, weights: readonly number[], seed: number): Uint16Array {
  const random = seededRandom(seed, 'classes');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const phase = random();
  const classAt = (position: number) => {
    let left = ((position + phase) / count) * total;
    const index = weights.findIndex((weight) => (left -= weight) < 0);
    return index < 0 ? weights.length - 1 : index;
  };
  const classes = Array.from({ length: count }, (_, position) => classAt(position));
  return Uint16Array.from(shuffled(classes, random));
}
