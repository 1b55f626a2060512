import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../results/statistics/random.ts';
import type { Load, LoadResult } from './load.ts';
import { mergeResults } from './merge-results.ts';
import { Tally } from './tally.ts';

const window = { startMs: 1000, endMs: 1950 };
const classes = ['light', 'heavy'].map((name) => ({
  name,
  weight: 1,
  path: '/',
  expectedBody: null,
}));
const base = {
  host: 'localhost',
  port: 1,
  classes,
  warmupSeconds: 1,
  windowSeconds: 0.95,
  timeoutSeconds: 1,
  seed: 1,
};
const loads: Readonly<Record<Load['loop'], Load>> = {
  open: { ...base, loop: 'open', ratePerSecond: 1000, arrivals: 'poisson', maxConnections: 10 },
  closed: { ...base, loop: 'closed', connections: 10 },
};

type Outcome = (tally: Tally) => void;

/** What happens to requests before, in and after the window; each is to be recorded by one tally. */
function outcomes(loop: Load['loop']): Outcome[] {
  const random = seededRandom(3, 'outcomes');
  return Array.from({ length: 3000 }, () => {
    const dueMs = 2200 * random();
    const sentMs = dueMs + 2 * random();
    const endMs = sentMs + 200 * random() ** 4;
    const intendedMs = loop === 'open' ? dueMs : null;
    const request = { classIndex: random() < 0.2 ? 1 : 0, intendedMs, sentMs };
    const kind = random();
    return (tally) => {
      tally.started(request);
      if (loop === 'open') tally.dispatched(dueMs, sentMs);
      if (kind < 0.1) tally.waits(dueMs);
      if (kind > 0.1) tally.answered(request, endMs, kind < 0.2 ? 503 : 200, kind < 0.9);
      else if (kind > 0.05) tally.failed(request, endMs, kind > 0.07 ? 'ECONNRESET' : 'EPIPE');
      else tally.timedOut(request, endMs);
    };
  });
}

function record(loop: Load['loop'], events: readonly Outcome[], connections: number): LoadResult {
  const tally = new Tally(loads[loop], window, connections);
  tally.connectionsOpened = connections;
  for (const event of events) event(tally);
  return tally.summarise();
}

/** Sums of fractions depend on their order in the last digits. */
const rounded = <Part extends { readonly throughputPerSecond: number }>(part: Part) => ({
  ...part,
  throughputPerSecond: Math.round(part.throughputPerSecond * 1e6),
});
const comparable = (result: LoadResult) => ({
  ...rounded(result),
  classes: result.classes.map(rounded),
});

describe.each(['open', 'closed'] as const)('the results of %s loops over shares', (loop) => {
  const events = outcomes(loop);
  const whole = record(loop, events, 10);
  const shareOf = (index: number, count: number) =>
    record(
      loop,
      events.filter((_, position) => position % count === index),
      10 / count,
    );

  test('add up to the result of the whole', () => {
    for (const count of [2, 5]) {
      const [first, ...others] = Array.from({ length: count }, (_, index) => shareOf(index, count));
      const merged = mergeResults(first as LoadResult, ...others);
      expect(comparable(merged)).toEqual({ ...comparable(whole), generatorProcesses: count });
    }
    expect(whole.requests.sent).toBeGreaterThan(1000);
    expect(Object.keys(whole.failures)).toHaveLength(4);
  });

  test('add up in any grouping', () => {
    const [a, b, c, d] = [0, 1, 2, 3].map((index) => shareOf(index, 4));
    if (!a || !b || !c || !d) throw new Error('four shares are needed');
    const grouped = mergeResults(mergeResults(a, b), mergeResults(c, d));
    expect(comparable(grouped)).toEqual({ ...comparable(whole), generatorProcesses: 4 });
  });
});
