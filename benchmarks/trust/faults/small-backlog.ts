import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const smallBacklog: Fault = {
  name: 'small-backlog',
  what: 'the server listens with a backlog of 1, and closes connections after each answer',
  expected: ['accept-queue'],
  flags: {
    exec: [eventLoopCommand(faultyServer('closing-handler'), { BACKLOG: 1 })],
    name: ['small-backlog'],
    workload: 'cpu',
  },
  change: { rates: [] },
};
