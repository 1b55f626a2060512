import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { sampleDocument } from '../../test/sample-document.ts';
import { liveProgress } from './live.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Stands for a terminal of so many columns: gives what was written since it was last asked. */
function terminal(columns: number) {
  let written = '';
  const stream = new Writable({
    write(chunk, _, done) {
      written += String(chunk);
      done();
    },
  });
  const take = () => {
    const text = stripVTControlCharacters(written);
    written = '';
    return text;
  };
  return { stream: Object.assign(stream, { columns, rows: 24 }) as never, take };
}

test('a reading is not shown beside a later phase', () => {
  const { stream, take } = terminal(80);
  const emit = liveProgress(stream, () => 0);
  emit({
    type: 'run-started',
    document: sampleDocument({}, []),
    plannedSeconds: [9, 9],
    budgetSeconds: null,
  });
  emit({ type: 'phase', phase: 'measuring' });
  emit({ type: 'reading', throughputPerSecond: 17 });
  jest.advanceTimersByTime(200);
  expect(take()).toContain('measuring  17 requests/s');
  emit({ type: 'phase', phase: 'stopping' });
  jest.advanceTimersByTime(200);
  expect(take()).not.toContain('17 requests/s');
  emit({ type: 'run-ended' });
});

test('a line that stays is broken between words', () => {
  const { stream, take } = terminal(38);
  const emit = liveProgress(stream, () => 0);
  emit({
    type: 'run-started',
    document: sampleDocument({}, []),
    plannedSeconds: [9, 9],
    budgetSeconds: null,
  });
  emit({ type: 'run-ended' });
  const lines = take().split('\n');
  expect(lines[0]).toBe('pool (2), prefork (2) × cpu: up to 1');
  expect(lines[1]).toBe('blocks with windows of 5 s, 64');
});
