import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { type Status, statusLines } from './status-lines.ts';

const status: Status = {
  done: 3,
  trials: 27,
  secondsLeft: 240,
  current: 'event-loop × mixed again',
  phase: 'warming up',
  reading: '1,234 requests/s',
};
const lines = (columns: number, change: Partial<Status> = {}) =>
  stripVTControlCharacters(statusLines({ ...status, ...change }, columns)).split('\n');

test('a wide terminal has a bar, counts, the time left and what runs', () => {
  expect(lines(80)).toEqual([
    '███░░░░░░░░░░░░░░░░░░░░░ 3/27  4 min 0 s left',
    'event-loop × mixed again  warming up  1,234 requests/s',
  ]);
});

test.each([12, 24, 38, 60])('no line is longer than a terminal of %d columns', (columns) => {
  const both = lines(columns);
  expect(both).toHaveLength(2);
  for (const line of both) expect(line.length).toBeLessThanOrEqual(columns);
});

test('the time left is told once it is known, and when it is used up', () => {
  expect(lines(80, { secondsLeft: null })[0]).toMatch(/ 3\/27$/);
  expect(lines(24, { done: 27, secondsLeft: 0 })[0]).toMatch(/27\/27  finishing$/);
});

test('a narrow terminal shortens the bar, then drops it', () => {
  expect(lines(38)[0]).toBe('██░░░░░░░░░░░░░░░ 3/27  4 min 0 s left');
  expect(lines(24)[0]).toBe('3/27  4 min 0 s left');
});
