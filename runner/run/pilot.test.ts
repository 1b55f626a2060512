import { expect, test } from '@jest/globals';
import { customServer } from '../../servers/custom.ts';
import { planRun, runFlagsSchema } from '../plan/run-options.ts';
import { changesData } from './pilot.ts';

test.each([
  ['GET', false],
  ['OPTIONS', false],
  ['POST', true],
  ['DELETE', true],
])('requests of the user’s own with %s change data: %p', (method, expected) => {
  const requests = [{ path: '/a' }, { path: '/b', method }];
  const [workload] = planRun(runFlagsSchema.parse({ exec: ['a'], requests })).workloads;
  const server = { ...customServer({ name: 'own', commandLine: 'a' }), workers: 1 };
  expect(workload && changesData({ server, workload })).toBe(expected);
});
