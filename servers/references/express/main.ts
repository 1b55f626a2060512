import { createServer } from 'node:http';
import { readSettings, serveHttp } from '../../kit/model-process.ts';
import { app } from './app.ts';

await serveHttp(createServer(app), readSettings());
