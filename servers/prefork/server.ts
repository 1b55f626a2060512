import { extname, join } from 'node:path';
import type { Server } from '../server.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

/** The deprecation warnings of cluster-service, which calls `util._extend` and `util.isArray`. */
const silenced = ['DEP0060', 'DEP0044'].map((code) => `--disable-warning=${code}`);

/**
 * Worker processes accept from one socket, each when it is idle, and serve one request at a time, from start to end; a
 * primary process keeps them up. With one worker it is a textbook's iterative server.
 */
export const prefork: Server = {
  name: 'prefork',
  kind: 'model',
  hosts: ['handler', 'fetch'],
  summary: 'worker processes that serve one request at a time each, and close its connection',
  models: 'uWSGI + Flask, uWSGI + Django',
  keepAlive: false,
  oneAtATime: true,
  workerUnit: 'process',
  /** The advice of gunicorn's documentation: https://docs.gunicorn.org/en/stable/design.html#how-many-workers */
  defaultWorkers: (availableCpus) => 2 * availableCpus + 1,
  probe: async () => ({ available: true, version: `Node.js ${process.versions.node}` }),
  command: () => ({ program: process.execPath, arguments: [...silenced, main] }),
};
