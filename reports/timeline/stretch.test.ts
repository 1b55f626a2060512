import { describe, expect, test } from '@jest/globals';
import type { Played, Segment } from './segment.ts';
import { segmentCaption } from './stretch.ts';

const segment = (change: Partial<Segment>): Segment => ({
  kind: 'computing',
  startMs: 0,
  endMs: 30,
  request: 0,
  worker: 'one',
  className: 'heavy',
  ...change,
});

const heavy = segment({});
const queued = segment({ kind: 'queued', startMs: 6, request: 1, className: 'light' });
const late = segment({ kind: 'waiting', startMs: 2, request: 2, className: 'light' });
const loop: Played = {
  server: 'event-loop',
  segments: [heavy, queued, late],
  alone: 'the loop',
  oneByOne: false,
  waits: { light: 5 },
};

describe('what a request waited for', () => {
  test('in a queue: what was served before it', () => {
    expect(segmentCaption(loop, queued)).toBe(
      'request 2 (light), in a queue for 24 ms: the loop served 1 heavy before it',
    );
  });

  test('in a wait that was over while the worker was computing', () => {
    expect(segmentCaption(loop, late)).toBe(
      'request 3 (light), a wait of 5.0 ms that took 28 ms: the loop was computing when it was over',
    );
  });

  test('in a wait for a database, which is late by no clock', () => {
    const untimed: Played = { ...loop, waits: { light: 0 } };
    expect(segmentCaption(untimed, late)).toBe(
      'request 3 (light), waiting for 28 ms, as for a database: the loop serves other requests meanwhile',
    );
  });

  test('in a computation: who queued meanwhile', () => {
    expect(segmentCaption(loop, heavy)).toBe(
      'request 1 (heavy), computing for 30 ms on the loop; 1 request in a queue meanwhile',
    );
  });

  test('in a wait that holds its worker', () => {
    const prefork: Played = { ...loop, alone: null, oneByOne: true };
    expect(segmentCaption(prefork, late)).toMatch(/one serves nothing else meanwhile$/);
  });

  test('in a queue without anything before it', () => {
    expect(segmentCaption({ ...loop, segments: [queued] }, queued)).toMatch(
      /on its way to a worker$/,
    );
  });
});
