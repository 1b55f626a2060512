import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const wrongBody: Fault = {
  name: 'wrong-body',
  what: 'the server answers one request in 500 with another body of the same length',
  expected: ['wrong-bodies'],
  flags: {
    exec: [eventLoopCommand(faultyServer('wrong-body-handler'), { EVERY: 500 })],
    name: ['wrong-body'],
    workload: 'io',
  },
};
