import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from '../server.ts';

const main = fileURLToPath(new URL(`./main${extname(import.meta.filename)}`, import.meta.url));

/** One thread handles every request: waits overlap, and a computation blocks all other requests. */
export const eventLoop: Server = {
  name: 'event-loop',
  kind: 'model',
  summary: 'one thread handles every request: waits overlap, a computation blocks all others',
  models: 'Node.js, Express',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
