import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { connectionsPerListener, pooledQueries } from '../../servers/kit/database.ts';
import { loadHandler } from '../../servers/kit/hosted-handler.ts';
import { httpListener, type Model } from '../../servers/kit/http-listener.ts';
import { readSettings, serveHttp } from '../../servers/kit/model-process.ts';
import { computeInLine, inLineRuntime, wait } from '../../servers/kit/runtime.ts';
import { piscinaRuntime } from './piscina.ts';

/**
 * What one would use in place of the pool, as servers of the application. `cluster`: `node:cluster`, whose primary
 * process distributes connections in turn over workers, each an event loop. `piscina` and `piscina-tuned`: one event
 * loop, and piscina's worker threads for computations.
 */
const settings = readSettings();

async function serve(runtime: Model['runtime']): Promise<void> {
  const model = { worker: String(process.pid), runtime };
  await serveHttp(createServer(httpListener(await loadHandler(), model)), settings);
}

const kind = process.argv[2];
if (kind !== 'cluster') {
  const runtime = piscinaRuntime(kind === 'piscina-tuned', settings.workers);
  await serve(() => runtime);
} else if (cluster.worker) {
  const connections = connectionsPerListener(settings.workers, cluster.worker.id - 1);
  await serve(inLineRuntime(wait, computeInLine, pooledQueries(connections)));
} else for (let worker = 0; worker < settings.workers; worker++) cluster.fork();
