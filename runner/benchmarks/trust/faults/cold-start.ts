import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const coldStart: Fault = {
  name: 'cold-start',
  what: 'the first 400 requests cost 38 % more: warm-up is not over when the window begins',
  expected: ['not-steady'],
  flags: {
    exec: [eventLoopCommand(faultyServer('cold-handler'), { COLD_REQUESTS: 400 })],
    name: ['cold'],
    workload: 'cpu',
    duration: '3s',
  },
  change: { rates: [] },
};
