import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { processesWith } from './server-processes.ts';

export const stoppedServer: Fault = {
  name: 'stopped-server',
  what: 'the server gets SIGSTOP in the middle of a window, and SIGCONT a second later',
  expected: ['stalled'],
  flags: { model: 'event-loop', workload: 'cpu' },
  midWindow: async () => {
    const [server] = processesWith('event-loop');
    if (server === undefined) throw new Error('there is no server to stop');
    process.kill(server, 'SIGSTOP');
    await sleep(1000);
    process.kill(server, 'SIGCONT');
  },
};
