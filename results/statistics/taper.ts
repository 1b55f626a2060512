/** The share of a window, at each of its ends, over which the weight of a completion falls. */
const taperedShare = 0.25;

/** The weight in the middle of a window; the mean weight over a window is 1. */
export const largestTaperWeight = 1 / (1 - taperedShare);

/**
 * The weight with which a completion counts for throughput: 0 at the ends of a window, rising by half a cosine (a tapered
 * cosine, or Tukey, window). The count in a window with sharp ends is off by up to one burst when a server answers in bursts:
 * workers in step, connections in phase.
 *
 * @param position the place in the window, from 0 to 1
 */
export function taperWeight(position: number): number {
  const share = Math.min(position, 1 - position) / taperedShare;
  return largestTaperWeight * (share >= 1 ? 1 : (1 - Math.cos(Math.PI * share)) / 2);
}
