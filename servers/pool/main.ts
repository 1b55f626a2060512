import { createServer } from 'node:http';
import { application } from '../../workloads/application.ts';
import { httpListener } from '../http-listener.ts';
import { netpoller } from './netpoller.ts';
import { ThreadPool } from './thread-pool.ts';

const threads = await ThreadPool.start(Number(process.env['WORKERS']));
const server = createServer(httpListener(application, netpoller(threads)));
server.listen({
  host: process.env['HOST'],
  port: Number(process.env['PORT']),
  backlog: Number(process.env['BACKLOG']),
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
