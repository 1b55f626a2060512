import { createServer } from 'node:http';
import { readSettings, serveHttp } from '../../model-process.ts';
import { createApp } from './app.ts';

await serveHttp(createServer(createApp()), readSettings());
