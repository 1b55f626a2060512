import { extname, join } from 'node:path';
import type { Server } from '../server.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

/** One thread handles every request: waits overlap, and a computation blocks all other requests. */
export const eventLoop: Server = {
  name: 'event-loop',
  kind: 'model',
  hosts: ['handler', 'fetch'],
  summary: 'one thread handles every request: waits overlap, a computation blocks all others',
  models: 'Node.js, Express',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
