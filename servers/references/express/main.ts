import { createServer } from 'node:http';
import { readSettings, serveHttp } from '../../kit/model-process.ts';
import { createApp } from './app.ts';

await serveHttp(createServer(createApp()), readSettings());
