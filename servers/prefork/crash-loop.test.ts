import { expect, test } from '@jest/globals';
import { CrashLoop } from './crash-loop.ts';

const deaths = (count: number, everyMs: number, { workers = 2, isUp = true } = {}) => {
  const crashLoop = new CrashLoop(workers);
  return Array.from({ length: count }, (_, index) => crashLoop.died(index * everyMs, isUp));
};

test('20 deaths in ten seconds are tolerated, and one more is a crash loop', () => {
  expect(deaths(20, 100)).not.toContain(true);
  expect(deaths(21, 100).at(-1)).toBe(true);
});

test('deaths that are far apart are tolerated for ever', () => {
  expect(deaths(1_000, 600)).not.toContain(true);
});

test('many workers that are killed at once are tolerated', () => {
  expect(deaths(64, 0, { workers: 64 })).not.toContain(true);
});

test('workers that never get ready may die twice each, however long they take to start', () => {
  expect(deaths(4, 60_000, { isUp: false })).not.toContain(true);
  expect(deaths(5, 60_000, { isUp: false }).at(-1)).toBe(true);
});
