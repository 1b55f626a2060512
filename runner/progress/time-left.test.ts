import { expect, test } from '@jest/globals';
import { type Pace, timeLeft } from './time-left.ts';

/** Two trials without open loops, then four with them. */
const pace: Pace = {
  plannedSeconds: [2, 2, 5, 5, 5, 5],
  done: 0,
  doneSeconds: 0,
  currentSeconds: 0,
  budgetSecondsLeft: null,
};

test('before a trial is done the plan says how long all will take', () => {
  expect(timeLeft(pace)).toBe(24);
});

test('short trials of the first block do not make the long ones look short', () => {
  expect(timeLeft({ ...pace, done: 2, doneSeconds: 4 })).toBe(20);
});

test('trials that take longer than planned lengthen what is left', () => {
  expect(timeLeft({ ...pace, done: 2, doneSeconds: 6 })).toBe(30);
});

test('the time counts down within a trial', () => {
  expect(timeLeft({ ...pace, done: 5, doneSeconds: 19, currentSeconds: 3 })).toBe(2);
  expect(timeLeft({ ...pace, done: 5, doneSeconds: 19, currentSeconds: 9 })).toBe(0);
});

test('a trial that takes longer than planned uses up no time of the trials after it', () => {
  expect(timeLeft({ ...pace, plannedSeconds: [8, 8, 8], currentSeconds: 25 })).toBe(16);
});

test('no more is left than the budget has', () => {
  expect(timeLeft({ ...pace, budgetSecondsLeft: 15 })).toBe(15);
  expect(timeLeft({ ...pace, budgetSecondsLeft: -1 })).toBe(0);
});

test('trials that are skipped, and take no time, say nothing of the others', () => {
  expect(timeLeft({ ...pace, plannedSeconds: [0, 5, 0, 5], done: 1, doneSeconds: 0.1 })).toBe(10);
});

test('nothing is left when all is done', () => {
  expect(timeLeft({ ...pace, done: 6, doneSeconds: 24 })).toBe(0);
});
