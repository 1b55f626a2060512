import { expect, test } from '@jest/globals';
import { loadCurvesOf } from '../../results/load-curve/load-curve.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { type GoldenName, golden } from '../../test/golden/documents.ts';
import { cellFacts } from './cell-facts.ts';

function factsOf(name: GoldenName, workload: string, server: string) {
  const document = golden(name);
  const ranking = rankWorkloads(document).find((one) => one.workload.name === workload);
  if (!ranking) return undefined;
  const curves = loadCurvesOf(document, ranking.workload).servers;
  return cellFacts(document, ranking, curves).get(server);
}

test('a cell has the capacity under the objective and what limits the server', () => {
  const facts = factsOf('full', 'cpu', 'event-loop');
  expect(facts?.objectives[0]?.label).toBe('p95 < 20 ms');
  expect(facts?.objectives[0]?.text).toMatch(/^5\d\d \(\d+–\d+\)\/s$/);
  expect(facts?.limit).toEqual({ label: 'limit', text: '1 thread busy' });
  expect(facts?.slowdown).toBeNull();
});

test('a capacity under an objective names the class of requests, unless the column does', () => {
  expect(factsOf('full', 'mixed', 'event-loop')?.objectives[0]?.label).toBe('p95 < 100 ms');
});

test('a cell has what heavy requests do to light ones', () => {
  expect(factsOf('full', 'mixed', 'event-loop')?.slowdown).toEqual({
    label: 'beside heavy',
    text: '3.1× (2.9–3.4)',
  });
});

test('a run without objectives has no capacity under one', () => {
  expect(factsOf('single', 'cpu', 'event-loop')?.objectives ?? []).toEqual([]);
});
