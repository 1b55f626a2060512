import { createServer } from 'node:http';
import { MessageChannel } from 'node:worker_threads';
import { application } from '../../workloads/application.ts';
import { httpListener } from '../http-listener.ts';
import { Crew } from './crew.ts';
import { linkWithCrew } from './crew-link.ts';
import { Dispatcher } from './dispatcher.ts';
import { netpoller } from './netpoller.ts';
import { RunQueue } from './run-queue.ts';

const workers = Number(process.env['WORKERS']);
const slotsEach = 64;
const queueMemory = RunQueue.allocate(slotsEach);
const control = new MessageChannel();
const dispatcher = new Dispatcher({
  queue: new RunQueue(queueMemory),
  slots: Array.from({ length: slotsEach }, (_, slot) => slot),
  workers,
  queueLimit: Number.POSITIVE_INFINITY,
});
linkWithCrew(dispatcher, control.port2);
await Crew.hire({
  workers,
  queueMemory,
  slotsEach,
  netpollers: [control.port1],
  onFailure: (error) => {
    throw error;
  },
});
const server = createServer(httpListener(application, netpoller('netpoller', dispatcher)));
server.listen({
  host: process.env['HOST'],
  port: Number(process.env['PORT']),
  backlog: Number(process.env['BACKLOG']),
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
