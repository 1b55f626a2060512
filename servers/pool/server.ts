import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from '../server.ts';
import { netpollers, queueLimit } from './options.ts';

const main = fileURLToPath(new URL(`./main${extname(import.meta.filename)}`, import.meta.url));

/** One thread polls the network and runs the handlers; as many worker threads as there are CPUs compute. */
export const pool: Server = {
  name: 'pool',
  kind: 'model',
  summary: 'a netpoller thread holds the requests, worker threads compute from one run queue',
  models: 'Go net/http',
  keepAlive: true,
  workerUnit: 'thread',
  options: [netpollers, queueLimit],
  defaultWorkers: (availableCpus) => availableCpus,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
