import { extname, join } from 'node:path';
import type { Server } from '../server.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

/** An event loop in each of several threads; a connection stays with the loop that it is handed to. */
export const threads: Server = {
  name: 'threads',
  kind: 'model',
  hosts: ['handler', 'fetch'],
  summary: 'an event loop in each of several threads; a new connection goes to the one with fewest',
  models: 'Node.js and Express under node:cluster',
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => availableCpus,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
