import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const coldStart: Fault = {
  name: 'cold-start',
  what: 'for 2 s from the first request on, each costs 38 % more: warm-up is not over when the window begins',
  expected: ['not-steady'],
  flags: {
    exec: [eventLoopCommand(faultyServer('cold-handler'), { COLD_MS: 2000 })],
    name: ['cold'],
    workload: 'cpu',
    duration: '3s',
  },
  change: { rates: [] },
};
