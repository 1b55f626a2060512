import { expect, test } from '@jest/globals';
import { renderPage } from './page.ts';

const hello = (pool: number, eventLoop: number) => ({
  pool: { 'req/s': pool },
  'event-loop': { 'req/s': eventLoop },
});

const rowOf = (page: string, text: string) => page.split('\n').find((line) => line.includes(text));

test('a ratio stands beside its target, with its interval and whether the target was reached', () => {
  const reached = renderPage({ hello: [hello(100, 100), hello(98, 100)] });
  expect(rowOf(reached, 'req/s: pool / event-loop')).toBe(
    '| hello | req/s: pool / event-loop | ≥ 0.95 | 0.99 (0.87–1.13) | 2 | reached |',
  );
  const missed = renderPage({ hello: [hello(90, 100), hello(92, 100)] });
  expect(rowOf(missed, 'req/s: pool / event-loop')).toContain('**not reached**');
});

test('a figure of a single block has no interval', () => {
  const page = renderPage({ kills: [{ pool: { kills: 300, lost: 270 } }] });
  expect(rowOf(page, 'pool lost / pool kills')).toMatch(/\| ≤ 1 \| 0.9 \| 1 \| reached \|$/);
});

test('a claim without figures is shown as not measured', () => {
  expect(rowOf(renderPage({}), '64 in flight')).toMatch(/not measured \| 0 \|/);
});
