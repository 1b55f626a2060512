import { createServer } from 'node:http';
import { httpListener } from '../http-listener.ts';
import { inLineRuntime } from '../in-line-runtime.ts';
import { loadHandler, readSettings, serveHttp } from '../model-process.ts';

const settings = readSettings();
const model = { worker: String(process.pid), runtime: inLineRuntime };
await serveHttp(createServer(httpListener(await loadHandler(), model)), settings);
