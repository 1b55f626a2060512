/** P(T > t) for Student's t with a positive number of degrees of freedom, whole or not. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const beyond =
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

const mostSteps = 100;
const precision = 1e-14;

/** The t that T is below with this probability: Newton's method, within bounds that close in on t. */
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

const tiny = 1e-300;
const betaPrecision = 1e-15;
const mostBetaSteps = 10_000;

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 ≤ x ≤ 1: the continued fraction 8.17.22 of the
 * NIST Digital Library of Mathematical Functions, evaluated by Lentz's method.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it, the mirror image does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b);
  return Math.exp(logFront) / (a * continuedFraction(x, a, b));
}

/** 1 + d₁/(1 + d₂/(1 + …)) */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  let upper = 1;
  let lower = 0;
  for (let step = 1; step <= mostBetaSteps; step++) {
    const coefficient = fractionCoefficient(step, x, a, b);
    lower = 1 / nonZero(1 + coefficient * lower);
    upper = nonZero(1 + coefficient / upper);
    value *= upper * lower;
    if (Math.abs(upper * lower - 1) < betaPrecision) break;
  }
  return value;
}

function fractionCoefficient(step: number, x: number, a: number, b: number): number {
  const m = Math.floor(step / 2);
  return step % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

const nonZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);

/** ln B(a, b) for a, b ≥ ½. */
function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

const lanczosG = 7;
const lanczosCoefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** ln Γ(x) for x ≥ ½, by Lanczos's approximation (1964) with g = 7. */
function logGamma(x: number): number {
  const base = x + lanczosG - 0.5;
  const series = lanczosCoefficients.reduce(
    (sum, coefficient, index) => sum + (index === 0 ? coefficient : coefficient / (x + index - 1)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series);
}
