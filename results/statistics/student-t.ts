import { incompleteBeta, logBeta } from './incomplete-beta.ts';

/** P(T > t) for Student's t with any positive number of degrees of freedom, whole or not. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const beyond =
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

const mostSteps = 100;
const precision = 1e-14;

/**
 * The t that T stays below with this probability: Newton's method, kept within bounds that close in on it.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability < 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  const tail = 1 - probability;
  if (tail <= 0) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (studentTUpperTail(high, degreesOfFreedom) > tail) [low, high] = [high, 2 * high];
  let t = (low + high) / 2;
  for (let step = 0; step < mostSteps; step++) {
    const excess = studentTUpperTail(t, degreesOfFreedom) - tail;
    if (excess > 0) low = t;
    else high = t;
    const newton = t + excess / studentTDensity(t, degreesOfFreedom);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= precision * t) return next;
    t = next;
  }
  return t;
}

function studentTDensity(t: number, degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  return Math.exp(
    -logBeta(half, 0.5) -
      Math.log(degreesOfFreedom) / 2 -
      (half + 0.5) * Math.log1p((t * t) / degreesOfFreedom),
  );
}
