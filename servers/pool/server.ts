import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from '../server.ts';

const main = fileURLToPath(new URL(`./main${extname(import.meta.filename)}`, import.meta.url));

/** Environment variables that only the pool reads: whole numbers from 1; unset, one netpoller and no limit. */
export const poolSettings = {
  netpollers: { variable: 'NETPOLLERS', maximum: 1_000 },
  queueLimit: { variable: 'QUEUE_LIMIT', maximum: 1_000_000_000 },
} as const;

/** One thread polls the network and runs the handlers; worker threads, one for each CPU, compute. */
export const pool: Server = {
  name: 'pool',
  kind: 'model',
  summary: 'a netpoller thread holds the requests, worker threads compute from one run queue',
  models: 'Go net/http',
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => availableCpus,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [main] }),
};
