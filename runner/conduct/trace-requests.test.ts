import { expect, test } from '@jest/globals';
import { parseServerTiming, parseWorker } from './trace-requests.ts';

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

test('two headers tell the worker and how many requests its process had in hand', () => {
  expect(parseWorker({ 'x-worker': '4711', 'x-in-flight': '3' })).toEqual({
    worker: '4711',
    inFlight: 3,
  });
});

test.each([
  { 'x-worker': '4711' },
  { 'x-in-flight': '1' },
  { 'x-worker': '4711', 'x-in-flight': '0' },
])('without a usable value for both there is no trace: %j', (headers) => {
  expect(parseWorker(headers)).toBeNull();
});
