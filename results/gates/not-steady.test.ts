import { describe, expect, test } from '@jest/globals';
import { closed, intervalsOf, messageOf, open } from '../../test/raised-warnings.ts';
import { sampleClosedLoop, sampleOpenLoop } from '../../test/sample-document.ts';

describe('a closed loop that is not steady', () => {
  test('is one that warms up in the window', () => {
    const intervals = intervalsOf(({ completed }, index) =>
      index < 10 ? { completed: completed * 0.5 } : {},
    );
    expect(closed({ intervals })).toEqual(['warn not-steady']);
    expect(messageOf({ intervals })).toContain(
      'throughput was 50 % lower in the first 1.0 s of the window: the server was still warming up',
    );
  });

  test('is one in which nothing is answered after a while', () => {
    const intervals = intervalsOf((_, index) => (index < 10 ? {} : { completed: 0, inFlight: 0 }));
    expect(messageOf({ intervals })).toBe(
      'nothing was answered after the first 1.0 s of the window: the mean includes both',
    );
  });

  test('is not known in a window of less than a second', () => {
    const intervals = sampleClosedLoop().intervals.slice(0, 9);
    expect(closed({ intervals })).toEqual(['note steadiness-unknown']);
    expect(closed({ intervals: sampleClosedLoop().intervals.slice(0, 10) })).toEqual([]);
    expect(open({ intervals: sampleOpenLoop().intervals.slice(0, 9) })).toEqual([]);
  });

  test('is one that slows down', () => {
    const intervals = intervalsOf(({ completed }, index) => ({
      completed: completed * (1 - index / 150),
    }));
    expect(closed({ intervals })).toEqual(['warn not-steady']);
    expect(messageOf({ intervals })).toContain(
      'throughput fell within the window, by 22 % of its mean',
    );
  });

  test('is not one whose last bin is cut off by the end of the window', () => {
    const intervals = intervalsOf((_, index) =>
      index === 49 ? { completed: 0, inFlight: 0, durationSeconds: 0.03 } : {},
    );
    expect(closed({ intervals })).toEqual([]);
  });
});
