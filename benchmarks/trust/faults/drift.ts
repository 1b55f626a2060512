import { eventLoopCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const drift: Fault = {
  name: 'drift',
  what: 'each second of the run makes a request cost 1.3 % more, over six blocks',
  expected: ['drift'],
  /** Read when the run begins: other faults, minutes long, may come before. */
  get flags() {
    return {
      exec: [eventLoopCommand(faultyServer('slowing-handler'), { BEGUN_MS: Date.now() })],
      name: ['slowing'],
      workload: 'cpu',
      blocks: '6',
      duration: '1s',
    };
  },
  change: { rates: [] },
};
