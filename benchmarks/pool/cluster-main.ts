import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { httpListener } from '../../servers/kit/http-listener.ts';
import { inLineRuntime } from '../../servers/kit/in-line-runtime.ts';
import { readSettings, serveHttp } from '../../servers/kit/model-process.ts';
import { application } from '../../workloads/application.ts';

/** The application on `node:cluster`: its primary deals connections to the workers in turn, each an event loop. */
const settings = readSettings();
if (cluster.isPrimary) {
  for (let worker = 0; worker < settings.workers; worker++) cluster.fork();
} else {
  const model = { worker: String(process.pid), runtime: inLineRuntime };
  await serveHttp(createServer(httpListener(application, model)), settings);
}
