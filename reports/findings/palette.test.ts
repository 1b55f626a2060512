import { expect, test } from '@jest/globals';
import type { PlannedServer } from '../../results/document/run-document.ts';
import { looksOf } from './palette.ts';

const server = (name: string, kind: PlannedServer['kind'], modelledBy?: string): PlannedServer => ({
  name,
  kind,
  ...(modelledBy !== undefined && { modelledBy }),
  summary: '',
  version: '',
  workers: 1,
  keepAlive: true,
});

const looks = looksOf([
  server('pool', 'model'),
  server('prefork', 'model'),
  server('uwsgi-flask', 'reference', 'prefork'),
  server('uwsgi-django', 'reference', 'prefork'),
  server('mine', 'custom'),
  server('yours', 'custom'),
]);

test('a real system has the hue of its model, drawn hollow', () => {
  expect(looks.get('uwsgi-flask')).toMatchObject({ hue: 'prefork', hollow: true });
  expect(looks.get('prefork')).toMatchObject({ hue: 'prefork', hollow: false, dash: [] });
});

test('no two servers look the same', () => {
  const seen = [...looks.values()].map((look) => JSON.stringify(look));
  expect(new Set(seen).size).toBe(looks.size);
});

test('a model looks the same whoever it runs beside', () => {
  const alone = looksOf([server('pool', 'model')]);
  expect(alone.get('pool')).toEqual(looks.get('pool'));
});
