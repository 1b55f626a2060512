import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { mebibyte, scaledDocument } from '../../test/scaled-document.ts';
import { scalingsOf } from './scaling.ts';

const scalingOf = (perSecond: Readonly<Record<number, number>>, blocks?: number) =>
  scalingsOf(scaledDocument(perSecond, blocks))[0];

const usl = (contention: number, coherency: number, counts: readonly number[]) =>
  Object.fromEntries(
    counts.map((n) => [n, (100 * n) / (1 + contention * (n - 1) + coherency * n * (n - 1))]),
  );

const kneeOf = (perSecond: Readonly<Record<number, number>>) => {
  const law = scalingOf(perSecond)?.law;
  return law?.kind === 'fitted' ? law.knee : law;
};

test('the fewest workers within 5 % of the highest throughput are enough', () => {
  const scaling = scalingOf({ 1: 100, 2: 195, 4: 372, 6: 385, 8: 390, 12: 380 });
  expect(scaling?.best.workers).toBe(8);
  expect(scaling?.enough.workers).toBe(4);
  expect(scaling?.enough.ofBest.ratio).toBeCloseTo(372 / 390, 9);
  expect(scaling?.rows.map(({ workers }) => workers)).toEqual([1, 2, 4, 6, 8, 12]);
});

test('each further worker’s memory is the slope over the numbers of workers', () => {
  const { value = 0 } = scalingOf({ 1: 100, 2: 195, 4: 372 })?.bytesPerWorker ?? {};
  expect(value / mebibyte).toBeCloseTo(30, 6);
});

test('a knee within the measured range is named', () => {
  const knee = kneeOf(usl(0.05, 0.02, [1, 2, 3, 4, 6, 8, 12]));
  expect(knee).toMatchObject({ kind: 'measured' });
  expect(knee && 'workers' in knee && knee.workers.value).toBeCloseTo(Math.sqrt(0.95 / 0.02), 3);
});

test('a knee beyond or below the range, or none, is not named', () => {
  expect(kneeOf(usl(0.05, 0.2, [4, 6, 8, 12]))).toMatchObject({ kind: 'below-range' });
  expect(kneeOf(usl(0.05, 0.002, [1, 2, 3, 4, 6, 8]))).toMatchObject({ kind: 'beyond-range' });
  expect(kneeOf(usl(0.05, 0, [1, 2, 3, 4, 6, 8]))).toEqual({ kind: 'not-shown' });
});

test('where CPUs stop the growth at once, the law is called unfit, and no knee is named', () => {
  const law = scalingOf({ 1: 100, 2: 200, 3: 200, 4: 200, 6: 200, 8: 200 })?.law;
  expect(law).toMatchObject({ kind: 'fitted', knee: { kind: 'misfit' }, misfit: { workers: 2 } });
});

test('three numbers of workers give no law, two blocks no result', () => {
  expect(scalingOf({ 1: 100, 2: 195, 4: 372 })?.law).toEqual({ kind: 'too-few-counts' });
  expect(scalingOf({ 1: 100, 2: 195, 4: 372 }, 2)).toBeUndefined();
});

test('servers of a run without several numbers of workers have no scaling', () => {
  expect(scalingsOf(sampleDocument({}, [sampleTrial({}, [sampleClosedLoop()])]))).toEqual([]);
});
