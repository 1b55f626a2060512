import { appendFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loopDelayIn, openLoopDelayLog, parseLoopDelays } from './event-loop-delay.ts';

describe('what event loops wrote', () => {
  test('is read line by line, and nothing else is believed', () => {
    const text =
      '1000.5 1050.25 0.125\nnonsense\n1050 1100\n1050 1100 -1\n1100 1050 1\n1 2 3 4\n\n  \n1050 1100 20.5\n1100 115';
    expect(parseLoopDelays(text)).toEqual([
      { fromMs: 1000.5, untilMs: 1050.25, longestMs: 0.125 },
      { fromMs: 1050, untilMs: 1100, longestMs: 20.5 },
    ]);
  });

  test('is read from the file that the server is told of, until that is removed', () => {
    const log = openLoopDelayLog();
    const file = log.environment.EVENT_LOOP_DELAY_FILE;
    expect(log.read()).toEqual([]);
    appendFileSync(file, '0 50 1\n');
    appendFileSync(file, '0 50 2\n');
    expect(log.read().map(({ longestMs }) => longestMs)).toEqual([1, 2]);
    log.remove();
    expect(existsSync(file)).toBe(false);
    expect(log.read()).toEqual([]);
  });
});

describe('the delay in a stretch of time', () => {
  const line = (fromMs: number, untilMs: number, longestMs: number) => ({
    fromMs,
    untilMs,
    longestMs,
  });

  test('is the longest of any loop', () => {
    const delays = [line(0, 50, 1), line(50, 100, 4), line(10, 60, 9), line(100, 150, 20)];
    expect(loopDelayIn(delays, 0, 100)).toBe(9);
  });

  test('fills all the time that a loop stood still', () => {
    const delays = [line(0, 50, 1), line(50, 400, 300), line(400, 450, 2)];
    const at = (startMs: number) => loopDelayIn(delays, startMs, startMs + 100);
    expect([at(0), at(100), at(200), at(300), at(400)]).toEqual([1, 300, 300, 300, 2]);
  });

  test('is not known where nothing was told', () => {
    expect(loopDelayIn([], 0, 100)).toBeNull();
    expect(loopDelayIn([line(0, 50, 1)], 100, 200)).toBeNull();
  });
});
