import { expect, test } from '@jest/globals';
import { planRun, runFlagsSchema } from '../plan/run-options.ts';
import { changesData } from './pilot.ts';

test.each([
  ['GET', false],
  ['OPTIONS', false],
  ['POST', true],
  ['DELETE', true],
])('requests of the user’s own with %s change data: %p', (method, expected) => {
  const requests = [
    { path: '/a', weight: 1 },
    { path: '/b', weight: 1, method },
  ];
  const [workload] = planRun(runFlagsSchema.parse({ exec: ['a'], requests })).workloads;
  expect(workload && changesData(workload)).toBe(expected);
  const app = { path: './app.js', moduleUrl: 'file:///app.js', kind: 'handler' } as const;
  const hosted = planRun(runFlagsSchema.parse({ app: app.path, requests }), undefined, app);
  expect(hosted.servers.map(({ kind }) => kind)).toContain('model');
  expect(hosted.workloads.map(changesData)).toEqual([expected]);
});

test('a workload that sends bodies changes no data', () => {
  expect(planRun(runFlagsSchema.parse({ workload: 'upload' })).workloads.map(changesData)).toEqual([
    false,
  ]);
});
