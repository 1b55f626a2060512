import { expect, test } from '@jest/globals';
import { renderPage } from './page.ts';

const hello = (pool: number, eventLoop: number) => ({
  pool: { 'per second': pool },
  'event-loop': { 'per second': eventLoop },
});

const rowOf = (page: string, text: string) => page.split('\n').find((line) => line.includes(text));

test('a ratio is told beside its target, with its interval and whether it was reached', () => {
  const reached = renderPage({ hello: [hello(100, 100), hello(98, 100)] }, 'a machine');
  expect(rowOf(reached, '`hello`, throughput: pool / event-loop')).toBe(
    '| `hello`, throughput: pool / event-loop | ≥ 0.95 | 0.990 | 0.871 to 1.13 | 2 | reached |',
  );
  const missed = renderPage({ hello: [hello(90, 100), hello(92, 100)] }, 'a machine');
  expect(rowOf(missed, '`hello`, throughput: pool / event-loop')).toContain('**not reached**');
});

test('what was measured in one block alone has no interval', () => {
  const page = renderPage({ kills: [{ pool: { kills: 300, lost: 270 } }] }, 'a machine');
  expect(rowOf(page, 'for each worker thread killed')).toMatch(
    /\| ≤ 1 \| 0.900 \| one block \| 1 \| reached \|$/,
  );
});

test('what was not measured is said not to have been', () => {
  expect(rowOf(renderPage({}, 'a machine'), '64 in flight')).toMatch(/not measured \| {2}\| 0 \|/);
});
