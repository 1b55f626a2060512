import { describe, expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { countsAt, inMs, momentCaption } from './moment.ts';
import type { Played, Segment } from './segment.ts';
import { timelinesOf } from './timelines.ts';

const segment = (
  kind: Segment['kind'],
  startMs: number,
  endMs: number,
  request: number,
): Segment => ({
  kind,
  startMs,
  endMs,
  request,
  worker: 'one',
  className: 'cpu',
});

/** Request 0 computes from 0 to 30 ms; requests 1 and 2 queue behind it; request 1 then waits. */
const segments = [
  segment('computing', 0, 30, 0),
  segment('queued', 5, 30, 1),
  segment('waiting', 30, 50, 1),
  segment('queued', 10, 30, 2),
  segment('computing', 30, 40, 2),
];
const loop: Played = {
  server: 'event-loop',
  segments,
  alone: 'the loop',
  oneByOne: false,
  waits: {},
};

describe('the counts at a moment', () => {
  test('put each request in one place', () => {
    expect(countsAt(segments, 0)).toMatchObject({ unsent: 2, computing: 1, answered: 0 });
    expect(countsAt(segments, 12)).toMatchObject({ unsent: 0, queued: 2, computing: 1 });
    expect(countsAt(segments, 35)).toMatchObject({ waiting: 1, computing: 1, answered: 1 });
    expect(countsAt(segments, 50)).toMatchObject({ waiting: 0, answered: 3 });
  });

  test('add up to the number of requests at every moment of a real trace', () => {
    const { timelines, lastMs } = timelinesOf(golden('full'), 'mixed');
    for (const { played, run } of timelines) {
      for (let ms = 0; ms <= lastMs; ms += lastMs / 50) {
        const { unsent, queued, waiting, computing, answered } = countsAt(played.segments, ms);
        expect(unsent + queued + waiting + computing + answered).toBe(run.requests.length);
      }
    }
  });
});

describe('the caption of a moment', () => {
  test('says who computes and which requests are in its queue', () => {
    expect(momentCaption(loop, 12)).toBe(
      't = 12 ms: the loop is computing; 2 requests in its queue.',
    );
    expect(momentCaption(loop, 7)).toBe(
      't = 7.0 ms: the loop is computing; 1 request in its queue.',
    );
    expect(momentCaption(loop, 35)).toBe(
      't = 35 ms: the loop is computing; 1 request waiting meanwhile.',
    );
  });

  test('says when nothing computes, and when all requests are answered', () => {
    expect(momentCaption(loop, 45)).toBe('t = 45 ms: nothing computes; 1 waits.');
    expect(momentCaption(loop, 50)).toBe('t = 50 ms: all 3 requests are answered.');
  });

  test('counts computations of several threads', () => {
    const threads: Played = {
      ...loop,
      alone: null,
      segments: [
        segment('computing', 0, 9, 0),
        segment('computing', 0, 9, 1),
        segment('queued', 0, 9, 2),
      ],
    };
    expect(momentCaption(threads, 5)).toBe('t = 5.0 ms: 2 requests compute at once; 1 in a queue.');
  });

  test('says what holds workers that serve one request at a time', () => {
    const workers: Played = {
      ...loop,
      alone: null,
      oneByOne: true,
      segments: [
        segment('waiting', 0, 9, 0),
        { ...segment('computing', 0, 20, 1), worker: 'two' },
        segment('queued', 0, 9, 2),
        segment('waiting', 9, 20, 2),
      ],
    };
    expect(momentCaption(workers, 5)).toBe(
      't = 5.0 ms: 2 of 2 workers are occupied, 1 by waits; 1 request in a queue.',
    );
  });
});

test('times have the digits that a reader can use', () => {
  expect([inMs(0.04), inMs(4.26), inMs(42.4)]).toEqual(['0.0 ms', '4.3 ms', '42 ms']);
});
