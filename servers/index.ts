import { eventLoop } from './event-loop/server.ts';
import { pool } from './pool/server.ts';
import { prefork } from './prefork/server.ts';
import { express, expressCluster } from './references/express/server.ts';
import { goNetHttp } from './references/go-net-http/server.ts';
import { gunicornGthread, gunicornSync } from './references/gunicorn/server.ts';
import { uwsgiDjango, uwsgiFlask } from './references/uwsgi/server.ts';
import type { Server } from './server.ts';
import { threads } from './threads/server.ts';

/** Every server, in the order that listings and reports use. */
export const servers: readonly Server[] = [
  eventLoop,
  prefork,
  pool,
  threads,
  express,
  expressCluster,
  uwsgiFlask,
  uwsgiDjango,
  gunicornSync,
  gunicornGthread,
  goNetHttp,
];
