import { createServer } from 'node:http';
import { connectionsPerListener, pooledQueries } from '../kit/database.ts';
import { loadHandler } from '../kit/hosted-handler.ts';
import { httpListener } from '../kit/http-listener.ts';
import { readSettings, serveHttp } from '../kit/model-process.ts';
import { computeInLine, inLineRuntime, wait } from '../kit/runtime.ts';

const settings = readSettings();
const model = {
  worker: String(process.pid),
  runtime: inLineRuntime(wait, computeInLine, pooledQueries(connectionsPerListener(1, 0))),
};
await serveHttp(createServer(httpListener(await loadHandler(), model)), settings);
