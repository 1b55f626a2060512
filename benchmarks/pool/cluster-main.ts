import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { httpListener } from '../../servers/kit/http-listener.ts';
import { readSettings, serveHttp } from '../../servers/kit/model-process.ts';
import { inLineRuntime, wait } from '../../servers/kit/runtime.ts';
import { application } from '../../workloads/application.ts';

/** The application on `node:cluster`: its primary deals connections to the workers in turn, each an event loop. */
const settings = readSettings();
if (cluster.isPrimary) {
  for (let worker = 0; worker < settings.workers; worker++) cluster.fork();
} else {
  const model = { worker: String(process.pid), runtime: inLineRuntime(wait) };
  await serveHttp(createServer(httpListener(application, model)), settings);
}
