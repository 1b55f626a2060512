import { expect, test } from '@jest/globals';
import { normalDeviates } from '../../test/normal-deviates.ts';
import { seededRandom } from '../statistics/random.ts';
import { fitUsl, fitUslOverBlocks, type UslCoefficients, uslThroughput } from './usl.ts';

const counts = [1, 2, 3, 4, 6, 8, 12, 16];

const pointsOf = (law: UslCoefficients, noise: (workers: number) => number = () => 1) =>
  counts.map((workers) => ({
    workers,
    perSecond: uslThroughput(law, workers) * noise(workers),
  }));

test('the coefficients of exact points are found again', () => {
  const law = { perWorker: 250, contention: 0.04, coherency: 0.003 };
  const found = fitUsl(pointsOf(law));
  expect(found.perWorker).toBeCloseTo(250, 6);
  expect(found.contention).toBeCloseTo(0.04, 9);
  expect(found.coherency).toBeCloseTo(0.003, 9);
});

test('no coefficient is below 0: throughput in proportion to the workers, or more', () => {
  for (const growth of [1, 1.1, 1.3]) {
    const points = counts.map((workers) => ({ workers, perSecond: 100 * workers ** growth }));
    const found = fitUsl(points);
    expect(found.contention).toBeCloseTo(0, 9);
    expect(found.coherency).toBeCloseTo(0, 9);
  }
});

test('where one coefficient is at its bound, the others fit the points without it', () => {
  // Throughput that does not fall although contention is high needs β < 0 without a bound.
  const points = [1, 2, 4, 8].map((workers) => ({
    workers,
    perSecond: 100 * Math.min(workers, 4),
  }));
  const found = fitUsl(points.toSpliced(3, 1, { workers: 8, perSecond: 450 }));
  expect(Math.min(found.contention, found.coherency)).toBeGreaterThanOrEqual(0);
});

/** Blocks with noise in each window, and a speed that a whole block shares. */
function simulatedBlocks(law: UslCoefficients, seed: number, blocks = 6, noise = 0.03) {
  const normal = normalDeviates(seededRandom(seed, 'usl'));
  return Array.from({ length: blocks }, () => {
    const speed = Math.exp(0.1 * normal());
    return pointsOf(law, () => speed * Math.exp(noise * normal()));
  });
}

const runs = 200;

test.each([
  ['falls within the range', { perWorker: 200, contention: 0.05, coherency: 0.01 }],
  ['falls beyond it', { perWorker: 200, contention: 0.2, coherency: 0.001 }],
  ['never falls', { perWorker: 200, contention: 0.03, coherency: 0 }],
  ['grows in proportion', { perWorker: 200, contention: 0, coherency: 0 }],
])('intervals contain the truth in 9 of 10 simulated runs or more: throughput %s', (_, law) => {
  const inside = { perWorker: 0, contention: 0, coherency: 0, peak: 0 };
  let peaks = 0;
  let isBetween = true;
  for (let seed = 0; seed < runs; seed++) {
    const { peak, ...found } = fitUslOverBlocks(simulatedBlocks(law, seed));
    for (const name of ['perWorker', 'contention', 'coherency'] as const) {
      const { low, value, high } = found[name];
      isBetween &&= low <= value && value <= high;
      if (low <= law[name] && law[name] <= high) inside[name] += 1;
    }
    const truth = Math.sqrt((1 - law.contention) / law.coherency);
    if (peak) peaks += 1;
    if (peak && peak.low <= truth && truth <= peak.high) inside.peak += 1;
  }
  expect(isBetween).toBe(true);
  for (const name of ['perWorker', 'contention', 'coherency'] as const) {
    expect(inside[name] / runs).toBeGreaterThan(0.9);
  }
  // Where there is no peak, one is claimed in as many runs as an interval misses on one side.
  const wrong = law.coherency === 0 ? peaks : peaks - inside.peak;
  expect(wrong / runs).toBeLessThan(0.08);
});
