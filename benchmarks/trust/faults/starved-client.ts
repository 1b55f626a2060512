import type { Fault } from './fault.ts';
import { startHogs } from './hog.ts';

export const starvedClient: Fault = {
  name: 'starved-client',
  what: 'three programs of the same precedence compute on the one core that the load generator may use',
  expected: ['late-sends', 'generator-starved'],
  flags: { model: 'event-loop', workload: 'io', cpus: '0', clientCpus: '1' },
  beside: () => startHogs(3, { cpu: 1, realTime: true }),
};
