import { type Random, shuffled } from '../../../results/statistics/random.ts';

const shortestCycle = 64;
const longestCycle = 1000;

/**
 * The order in which one connection asks for the classes, over and over: each class as often as its weight
 * says, in random order. Returns indices into `weights`.
 */
export function requestOrder(weights: readonly number[], random: Random): number[] {
  if (weights.length === 1) return [0];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const whole = weights.every(Number.isInteger) && total <= longestCycle;
  const length = whole ? total * Math.ceil(shortestCycle / total) : longestCycle;
  const cycle = weights.flatMap((weight, index) => {
    const times = Math.max(1, Math.round((length * weight) / total));
    return Array.from({ length: times }, () => index);
  });
  return shuffled(cycle, random);
}
