import { expect, test } from '@jest/globals';
import { Intervals } from './window.ts';

const window = { startMs: 1000, endMs: 1250 };

test('each interval counts its own events, and the last may be shorter', () => {
  const intervals = new Intervals(window);
  for (const ms of [1000, 1099.9, 1100, 1249.9]) intervals.sent(ms);
  for (const ms of [1050, 1201]) {
    intervals.completed(ms);
    intervals.ended(ms);
  }
  expect(intervals.summarise()).toEqual([
    { startSeconds: 0, durationSeconds: 0.1, sent: 2, completed: 1, inFlight: 1 },
    { startSeconds: 0.1, durationSeconds: 0.1, sent: 1, completed: 0, inFlight: 2 },
    { startSeconds: 0.2, durationSeconds: 0.05, sent: 1, completed: 1, inFlight: 2 },
  ]);
});

test('requests in flight at the start of the window count as in flight until they end', () => {
  const intervals = new Intervals(window);
  for (const ms of [100, 200, 300]) intervals.sent(ms);
  intervals.ended(400);
  intervals.ended(1120);
  expect(intervals.summarise().map(({ inFlight }) => inFlight)).toEqual([2, 1, 1]);
});

test('events after the window are not counted', () => {
  const intervals = new Intervals(window);
  intervals.sent(1240);
  for (const ms of [1250, 1260, 1300]) {
    intervals.sent(ms);
    intervals.completed(ms);
    intervals.ended(ms);
  }
  expect(intervals.summarise().at(-1)).toMatchObject({ sent: 1, completed: 0, inFlight: 1 });
});
