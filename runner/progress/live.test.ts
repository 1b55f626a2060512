import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { liveProgress, type Status, statusLines } from './live.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const timing = {
  budgetSeconds: null,
  extraSeconds: 0,
  furtherWindows: ['shared'],
  curve: null,
} as const;

/** A terminal with a number of columns; `take` gives what was written since the last take. */
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

test('the servers start first, and a turn of the load curve names its load', () => {
  const { stream, take } = terminal(80);
  const emit = liveProgress(stream, () => 0);
  emit({ type: 'run-started', document: sampleDocument({}, []), plannedSeconds: 18, timing });
  emit({ type: 'block-started', block: 1 });
  emit({ type: 'phase', phase: 'starting' });
  jest.advanceTimersByTime(200);
  expect(take()).toMatch(/block 2 .*\nall servers {2}starting/);
  emit({ type: 'group-started', group: { workload: { name: 'cpu' } } as never });
  emit({ type: 'turn', server: 'pool', window: 'curve', perSecond: 1200 });
  emit({ type: 'phase', phase: 'measuring' });
  jest.advanceTimersByTime(200);
  expect(take()).toContain('pool × cpu at 1,200 req/s  measuring');
  emit({ type: 'run-ended' });
});

test('a reading is not shown beside a later phase', () => {
  const { stream, take } = terminal(80);
  const emit = liveProgress(stream, () => 0);
  emit({
    type: 'run-started',
    document: sampleDocument({}, []),
    plannedSeconds: 18,
    timing,
  });
  emit({ type: 'phase', phase: 'measuring' });
  emit({ type: 'reading', throughputPerSecond: 17 });
  jest.advanceTimersByTime(200);
  expect(take()).toContain('measuring  17 req/s');
  emit({ type: 'phase', phase: 'stopping' });
  jest.advanceTimersByTime(200);
  expect(take()).not.toContain('17 req/s');
  emit({ type: 'run-ended' });
});

test('a line that is too long continues below, the ratios so far on their own line', () => {
  const { stream, take } = terminal(38);
  const emit = liveProgress(stream, () => 0);
  const trials = [0, 1, 2].flatMap((block) => [
    sampleTrial({ block }, [sampleClosedLoop({ throughputPerSecond: 1900 + block })]),
    sampleTrial({ block, server: 'prefork' }, [sampleClosedLoop()]),
  ]);
  const document = sampleDocument({}, trials);
  emit({ type: 'group-finished', trials: trials.slice(-2), document });
  const [numbers, more, ratios] = take().split('\n');
  expect(numbers).toBe('block 3 cpu: pool 1,900 req/s,');
  expect(more).toBe('  prefork 1,000');
  expect(ratios).toMatch(/^ {2}pool 1\.90/);
});

const status: Status = {
  share: 1 / 8,
  block: 3,
  secondsLeft: 240,
  current: 'event-loop × mixed',
  phase: 'warming up',
  reading: '1,234 req/s',
};
const lines = (columns: number, change: Partial<Status> = {}) =>
  stripVTControlCharacters(statusLines({ ...status, ...change }, columns)).split('\n');

test('a wide terminal has a bar, the block, the time left and what runs', () => {
  expect(lines(80)).toEqual([
    '███░░░░░░░░░░░░░░░░░░░░░ block 3  at most 4 min 0 s left',
    'event-loop × mixed  warming up  1,234 req/s',
  ]);
});

test.each([12, 24, 38, 60])('no line is longer than a terminal of %d columns', (columns) => {
  const both = lines(columns);
  expect(both).toHaveLength(2);
  for (const line of both) expect(line.length).toBeLessThanOrEqual(columns);
});

test('the block is shown once there is one, and the end when the time is used up', () => {
  expect(lines(80, { block: 0 })[0]).toMatch(/░ at most 4 min 0 s left$/);
  expect(lines(80, { secondsLeft: 0 })[0]).toMatch(/block 3  finishing$/);
});

test('a narrow terminal drops the bar', () => {
  expect(lines(34)[0]).toBe('block 3  at most 4 min 0 s left');
});
