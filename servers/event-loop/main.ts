import { createServer } from 'node:http';
import { httpListener } from '../kit/http-listener.ts';
import { inLineRuntime } from '../kit/in-line-runtime.ts';
import { loadHandler, readSettings, serveHttp } from '../kit/model-process.ts';

const settings = readSettings();
const model = { worker: String(process.pid), runtime: inLineRuntime };
await serveHttp(createServer(httpListener(await loadHandler(), model)), settings);
