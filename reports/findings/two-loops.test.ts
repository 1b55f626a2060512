import { expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { golden } from '../../test/golden/documents.ts';
import { twoLoopsOf } from './two-loops.ts';

const found = (name: 'full' | 'empty') => {
  const document = golden(name);
  return twoLoopsOf(document, rankWorkloads(document));
};

test('the server whose medians differ most between the loops explains them with its own numbers', () => {
  const loops = found('full');
  expect(loops).toMatchObject({ workload: 'cpu', server: 'event-loop', className: null });
  expect(loops?.sentences[0]).toContain('64 ÷ 634/s = 101 ms; measured 105 ms.');
  expect(loops?.sentences[1]).toMatch(/^Open loop: 380 requests\/s .* mean \d/);
});

test('a run without both loops explains nothing', () => {
  expect(found('empty')).toBeNull();
});
