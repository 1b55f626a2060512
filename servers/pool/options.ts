import type { ServerOption } from '../server.ts';

export const netpollers: ServerOption = {
  name: 'netpollers',
  variable: 'POOL_NETPOLLERS',
  summary: 'threads that accept connections and run the handlers (default: 1)',
  maximum: 1_000,
};

export const queueLimit: ServerOption = {
  name: 'queue-limit',
  variable: 'POOL_QUEUE_LIMIT',
  summary: 'computations that may wait for a worker thread; above, 503 (default: no bound)',
  maximum: 1_000_000_000,
};
