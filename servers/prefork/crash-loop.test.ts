import { expect, test } from '@jest/globals';
import { CrashLoop } from './crash-loop.ts';

const deaths = (count: number, everyMs: number, workers = 2) => {
  const crashLoop = new CrashLoop(workers);
  return Array.from({ length: count }, (_, index) => crashLoop.died(index * everyMs));
};

test('20 deaths in ten seconds are tolerated, and one more is a crash loop', () => {
  expect(deaths(20, 100)).not.toContain(true);
  expect(deaths(21, 100).at(-1)).toBe(true);
});

test('deaths that are far apart are tolerated for ever', () => {
  expect(deaths(1_000, 600)).not.toContain(true);
});

test('many workers that are killed at once are tolerated', () => {
  expect(deaths(64, 0, 64)).not.toContain(true);
});
