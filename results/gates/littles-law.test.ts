import { describe, expect, test } from '@jest/globals';
import { closed, counts, open } from '../../test/raised-warnings.ts';
import { sampleClosedLoop, sampleTimes } from '../../test/sample-document.ts';

describe("Little's law", () => {
  const times = (meanMs: number, maxMs = 66) => ({
    serviceTime: { ...sampleTimes(5000, meanMs), maxMs },
  });

  test('voids a closed loop whose throughput and times do not account for what is in flight', () => {
    // 64 in flight at 1,000/s take 64 ms; 2 % and 66 ms of 5 s are 3.3 %.
    expect(closed(times(66))).toEqual([]);
    expect(closed(times(68))).toEqual(['void littles-law']);
    expect(closed(times(61))).toEqual(['void littles-law']);
    expect(closed(times(25))).toEqual(['void littles-law']);
  });

  test('allows for the ends of a window to cut through the longest requests', () => {
    expect(closed(times(69, 300))).toEqual([]);
    expect(closed(times(70, 300))).toEqual(['void littles-law']);
  });

  test('does not judge a window that is short against its requests', () => {
    const short = {
      ...times(44, 132.7),
      windowSeconds: 0.25,
      requests: { ...counts, sent: 222, ok: 222 },
    };
    expect(closed(short)).not.toContain('void littles-law');
    expect(
      closed({ ...short, windowSeconds: 2.5, requests: { ...counts, sent: 2220, ok: 2220 } }),
    ).toContain('void littles-law');
    const none = { ...counts, sent: 0, ok: 0 };
    const heavy = { ...sampleClosedLoop(), name: 'heavy', requests: none };
    expect(closed({ ...times(68), classes: [heavy] })).toEqual([]);
  });

  test('says nothing of an open loop, nor of requests without an answer', () => {
    expect(open(times(68))).toEqual([]);
    const requests = { ...counts, ok: counts.ok - 1, errors: 1 };
    expect(closed({ ...times(68), requests })).toEqual(['warn failed-requests']);
  });
});
