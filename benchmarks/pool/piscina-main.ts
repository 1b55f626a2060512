import { createServer } from 'node:http';
import { httpListener } from '../../servers/kit/http-listener.ts';
import { readSettings, serveHttp } from '../../servers/kit/model-process.ts';
import { application } from '../../workloads/application.ts';
import { piscinaRuntime } from './piscina-runtime.ts';

/** The application on one event loop that has piscina's worker threads compute. */
const settings = readSettings();
const tuning = process.argv[2] === 'tuned' ? 'tuned' : 'default';
const runtime = piscinaRuntime(tuning, settings.workers);
const model = { worker: String(process.pid), runtime: () => runtime };
await serveHttp(createServer(httpListener(application, model)), settings);
