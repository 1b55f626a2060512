import { extname, join } from 'node:path';
import type { Server } from '../server.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

/** Environment variables that only the pool reads: whole numbers from 1; unset, one netpoller and no limit. */
export const poolSettings = {
  netpollers: { variable: 'NETPOLLERS', maximum: 1_000 },
  queueLimit: { variable: 'QUEUE_LIMIT', maximum: 1_000_000_000 },
} as const;

/** One thread polls the network and runs the handlers; worker threads, one for each CPU, compute. */
export const pool: Server = {
  name: 'pool',
  kind: 'model',
  hosts: ['handler'],
  summary: 'a netpoller thread holds the requests, worker threads compute from one run queue',
  models: 'Go net/http',
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => availableCpus,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
