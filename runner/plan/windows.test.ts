import { expect, test } from '@jest/globals';
import { curveSeconds, openSeconds, usualSeconds, windowsOf } from './windows.ts';

const oneClass = { classes: [{}] };
const twoClasses = { classes: [{}, {}] };
const all = {
  durationSeconds: 2,
  furtherWindows: ['closed', 'shared', 'alone'],
  furtherBlocks: 4,
} as const;
const mainOnly = { ...all, furtherWindows: [] };

test('the window of the main metric is the longest, and longer still for response times', () => {
  expect(windowsOf(oneClass, all, 1)).toEqual([
    { window: 'closed', seconds: 2 },
    { window: 'shared', seconds: 1 },
  ]);
  expect(windowsOf(twoClasses, all, 1)).toEqual([
    { window: 'closed', seconds: 1 },
    { window: 'shared', seconds: 4 },
    { window: 'alone', seconds: 1 },
  ]);
});

test('the closed loop of the first block is as long as the main window: rates follow from it', () => {
  expect(windowsOf(oneClass, all, 0)).toEqual(windowsOf(oneClass, all, 1));
  expect(windowsOf(twoClasses, all, 0)[0]).toEqual({ window: 'closed', seconds: 4 });
});

test('a workload with connections of its own has its main window only', () => {
  const crowd = { ...oneClass, connections: 10_000 };
  expect(windowsOf(crowd, all, 0)).toEqual([{ window: 'closed', seconds: 2 }]);
});

test('without time for further windows, only the first block has a closed loop for the rate', () => {
  const namesIn = (block: number) =>
    windowsOf(twoClasses, mainOnly, block).map((one) => one.window);
  expect(namesIn(0)).toEqual(['closed', 'shared']);
  expect(namesIn(1)).toEqual(['shared']);
});

test('after the first blocks, only windows by which servers are compared are left', () => {
  expect(windowsOf(twoClasses, all, 3)).toHaveLength(3);
  expect(windowsOf(twoClasses, all, 4)).toEqual([{ window: 'shared', seconds: 4 }]);
});

test('a rate in proportion to the capacity comes with a closed loop', () => {
  const proportional = { ...all, furtherWindows: ['proportional'] } as const;
  expect(windowsOf(twoClasses, proportional, 4).map(({ window }) => window)).toEqual([
    'closed',
    'shared',
    'proportional',
  ]);
});

test('an open loop is longer where it sends few requests', () => {
  expect(openSeconds(1000, 1)).toBe(1);
  expect(openSeconds(80, 1)).toBe(1.25);
  expect(openSeconds(10, 1)).toBe(2);
});

test('a window of the load curve is longer at light loads, up to four times as long as other open loops', () => {
  expect(curveSeconds(1000, 2)).toBe(1);
  expect(curveSeconds(80, 2)).toBe(1.25);
  expect(curveSeconds(10, 2)).toBe(4);
});

test('windows that assertions are about are measured in every block, also where only main windows fit', () => {
  const asserted = { ...oneClass, assertedWindows: ['shared'] as const };
  const mainOnly = { ...all, furtherWindows: [] };
  for (const timing of [all, mainOnly]) {
    expect(windowsOf(asserted, timing, 4).map(({ window }) => window)).toEqual([
      'closed',
      'shared',
    ]);
  }
});

test('windows are as long as those of an earlier run', () => {
  const like = { ...oneClass, likeSeconds: new Map([['closed', 7] as const]) };
  expect(windowsOf(like, all, 4)).toEqual([{ window: 'closed', seconds: 7 }]);
});

test.each([1, 8, 20, 40, 500])(
  'an open loop at %d/s has the length from which it follows',
  (rate) => {
    const measured = openSeconds(rate, 3);
    expect(openSeconds(rate, usualSeconds(rate, measured))).toBeCloseTo(measured, 9);
  },
);
