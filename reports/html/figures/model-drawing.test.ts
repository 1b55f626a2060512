import { expect, test } from '@jest/globals';
import { golden } from '../../../test/golden/documents.ts';
import { hostile } from '../../../test/golden/hostile.ts';
import { renderHtml } from '../render.ts';
import { drawModel } from './model-drawing.ts';

const drawingsIn = (page: string) =>
  [...page.matchAll(/<svg class="model color-([\w-]+)"/g)].map(([, model]) => model);

test('every model has a drawing and a description of it', () => {
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

test('a server of another name, or a custom server with a model’s name, has no drawing', () => {
  expect(drawingsIn(renderHtml(hostile(golden('full'))))).toEqual([]);
  const full = golden('full');
  const servers = full.plan.servers.map((server) => ({ ...server, kind: 'custom' as const }));
  expect(drawingsIn(renderHtml({ ...full, plan: { ...full.plan, servers } }))).toEqual([]);
});
