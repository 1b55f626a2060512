import { expect, test } from '@jest/globals';
import { parseServerTiming } from './trace-requests.ts';

test('a Server-Timing header gives the three times', () => {
  expect(parseServerTiming('queue;dur=0.120, wait;dur=50.101, compute;dur=0.000')).toEqual({
    queueMs: 0.12,
    waitMs: 50.101,
    computeMs: 0,
  });
});

test.each(['', 'db;dur=53', 'queue;dur=1, wait;dur=2', 'queue;dur=x, wait;dur=2, compute;dur=3'])(
  'a header "%s" that lacks one of them is no trace',
  (header) => {
    expect(parseServerTiming(header)).toBeNull();
  },
);
