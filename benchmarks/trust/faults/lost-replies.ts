import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const lostReplies: Fault = {
  name: 'lost-replies',
  what: 'the server never answers one request in 500',
  expected: ['failed-requests'],
  flags: {
    exec: [eventLoopCommand(faultyServer('losing-handler'), { EVERY: 500 })],
    name: ['losing'],
    workload: 'io',
  },
  change: { rates: [] },
};
