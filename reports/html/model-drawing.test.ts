import { expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { drawModel } from './model-drawing.ts';
import { renderHtml } from './render.ts';

const drawingsIn = (page: string) =>
  [...page.matchAll(/<svg class="model hue-([\w-]+)"/g)].map(([, model]) => model);

test('every model has a drawing that says in words what it shows', () => {
  for (const model of ['event-loop', 'prefork', 'pool']) {
    expect(drawModel(model)?.markup).toMatch(/role="img" aria-label="[^"]{80,}"/);
  }
  expect(drawModel('express')).toBeNull();
  expect(drawModel('constructor')).toBeNull();
});

test('each model’s timelines have its drawing beside them', () => {
  const { traces } = golden('full');
  expect(drawingsIn(renderHtml(golden('full')))).toHaveLength(traces.length);
});

test('a server of another name, or of one’s own by a model’s name, has none', () => {
  expect(drawingsIn(renderHtml(hostile(golden('full'))))).toEqual([]);
  const full = golden('full');
  const servers = full.plan.servers.map((server) => ({ ...server, kind: 'custom' as const }));
  expect(drawingsIn(renderHtml({ ...full, plan: { ...full.plan, servers } }))).toEqual([]);
});
