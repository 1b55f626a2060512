import type { Fault } from './fault.ts';
import { processesWith } from './server-processes.ts';

export const workerKilled: Fault = {
  name: 'worker-killed',
  what: 'a worker process gets SIGKILL in the middle of a window',
  expected: ['workers-restarted'],
  flags: { model: 'prefork', workload: 'io' },
  midWindow: async () => {
    const [, worker] = processesWith('prefork');
    if (worker === undefined) throw new Error('there is no worker to kill');
    process.kill(worker, 'SIGKILL');
  },
};
