import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../../package-root.ts';
import type { Server } from '../../server.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

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
  command: () => ({ program: process.execPath, arguments: [main] }),
};
