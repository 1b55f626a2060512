import { expect, test } from '@jest/globals';
import type { Server } from '../server.ts';
import { PreparationError } from './build/tools.ts';
import { prepareServers } from './prepare.ts';

const server = (name: string, changes: Partial<Server> = {}): Server => ({
  name,
  kind: 'reference',
  summary: '',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: () => Promise.resolve({ available: true, version: '1.0' }),
  command: () => ({ program: name, arguments: [] }),
  ...changes,
});

test('a server that cannot be prepared does not stop the others, and each is reported', async () => {
  const lines: string[] = [];
  const missing = server('missing', {
    prepare: () => Promise.reject(new PreparationError('no compiler', 'install one\nthen again')),
  });
  const built = server('built', {
    async prepare(report) {
      report('compiling');
    },
  });
  const prepared = await prepareServers([missing, built, server('plain')], (line) =>
    lines.push(line),
  );
  expect(lines).toEqual([
    'missing: not ready: no compiler\n  install one\n  then again',
    'built: compiling',
    'built: ready, 1.0',
    'plain: ready, 1.0',
  ]);
  expect(prepared.map(({ availability }) => availability.available)).toEqual([false, true, true]);
});

test('a bug is not mistaken for a missing tool', async () => {
  const broken = server('broken', { prepare: () => Promise.reject(new TypeError('bug')) });
  await expect(prepareServers([broken], () => undefined)).rejects.toThrow(TypeError);
});
