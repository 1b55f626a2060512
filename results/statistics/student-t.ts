import { incompleteBeta } from './incomplete-beta.ts';

/** P(T > t) for Student's t with any positive number of degrees of freedom, whole or not. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const beyond =
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

/** The t that T stays below with this probability. */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability < 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  const tail = 1 - probability;
  if (tail <= 0) return Number.POSITIVE_INFINITY;
  let high = 1;
  while (studentTUpperTail(high, degreesOfFreedom) > tail) high *= 2;
  let low = 0;
  // Halving until the two are neighbours: slower than Newton's method, and it cannot fail.
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentTUpperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
