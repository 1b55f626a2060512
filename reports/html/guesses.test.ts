import { expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { type GoldenName, golden } from '../../test/golden/documents.ts';
import { guessesOf } from './guesses.ts';

const guessesIn = (name: GoldenName) => guessesOf(golden(name), rankWorkloads(golden(name)));

test('asks for throughput by workload and for what heavy requests do to light ones', () => {
  expect(guessesIn('full').map(({ question }) => question)).toEqual([
    'For I/O-bound work, how many times as many requests does the event loop serve as prefork?',
    'For CPU-bound work, how many times as many requests does the pool serve as the event loop?',
    'On the event loop, how many times as long do light requests take beside heavy ones as alone?',
  ]);
});

test('answers with the measured factor, the predicted one, and what limits each server', () => {
  const [, cpu] = guessesIn('full');
  expect(cpu?.measuredText).toBe('1.92× (1.90–1.93)');
  expect(cpu?.predictedText).toMatch(/^[12]\.?\d*×$/);
  expect(cpu?.reasons[0]).toMatch(
    /^The event loop: requests compute one after another .*; its one thread is busy /,
  );
  expect(cpu?.reasons[1]).toMatch(/^The pool: its worker threads compute .*; both cores are busy /);
  for (const { measured } of guessesIn('full')) expect(measured.ratio).toBeGreaterThanOrEqual(1);
});

test('describes the moment of the traced run at which most requests were in the server’s queue', () => {
  const [, , slowdown] = guessesIn('full');
  expect(slowdown?.reasons.at(-1)).toMatch(
    /^In the traced run, at t = \d+ ms: the loop is computing; \d+ requests in its queue\.$/,
  );
});

test('asks nothing that the run cannot answer', () => {
  expect(guessesIn('empty')).toEqual([]);
  expect(guessesIn('single')).toEqual([]);
});
