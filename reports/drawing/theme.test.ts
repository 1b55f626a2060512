import { expect, test } from '@jest/globals';
import type { PlannedServer } from '../../results/document/run-document.ts';
import { seriesStyles } from './theme.ts';

const server = (name: string, kind: PlannedServer['kind'], modelledBy?: string): PlannedServer => ({
  name,
  kind,
  ...(modelledBy !== undefined && { modelledBy }),
  summary: '',
  version: '',
  workers: 1,
  keepAlive: true,
});

const servers = [
  server('pool', 'model'),
  server('prefork', 'model'),
  server('uwsgi-flask', 'reference', 'prefork'),
  server('uwsgi-django', 'reference', 'prefork'),
  server('gunicorn-sync', 'reference', 'prefork'),
  server('gunicorn-gthread', 'reference', 'prefork'),
  server('mine', 'custom'),
  server('yours', 'custom'),
];
const styleOf = seriesStyles(servers);

test('a reference has the colour of its model and is drawn hollow', () => {
  expect(styleOf('uwsgi-flask')).toMatchObject({ color: 'prefork', hollow: true });
  expect(styleOf('prefork')).toMatchObject({ color: 'prefork', hollow: false, dash: [] });
});

test('no two servers have the same style', () => {
  const seen = servers.map(({ name }) => JSON.stringify(styleOf(name)));
  expect(new Set(seen).size).toBe(servers.length);
});

test('a model has the same style whatever other servers run', () => {
  expect(seriesStyles([server('pool', 'model')])('pool')).toEqual(styleOf('pool'));
});
