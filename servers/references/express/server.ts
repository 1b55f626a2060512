import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../../package-root.ts';
import type { Server } from '../../server.ts';

/** A program of this folder, with the extension of the current file. */
const program = (name: string) =>
  join(import.meta.dirname, `${name}${extname(import.meta.filename)}`);

/** Express on one thread, as it runs without `node:cluster`. */
export const express: Server = {
  name: 'express',
  kind: 'reference',
  summary: 'Express on Node.js: one thread handles every request, and computes in line',
  modelledBy: 'event-loop',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  async probe() {
    const manifest = fileURLToPath(import.meta.resolve('express/package.json'));
    const version = `Express ${packageVersion(manifest)}, Node.js ${process.versions.node}`;
    return { available: true, version };
  },
  command: () => ({ program: process.execPath, arguments: [program('main')] }),
};

/**
 * Express under `node:cluster`: an event loop in each of several processes, and a primary process that hands them the
 * connections in turn. `threads` does that within one process; `event-loop` can use one CPU only.
 */
export const expressCluster: Server = {
  ...express,
  name: 'express-cluster',
  summary:
    'Express under node:cluster: an event loop per process; connections are handed out in turn',
  modelledBy: 'threads',
  defaultWorkers: (availableCpus) => availableCpus,
  command: () => ({ program: process.execPath, arguments: [program('cluster')] }),
};
