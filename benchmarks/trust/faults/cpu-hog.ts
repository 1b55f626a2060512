import type { Fault } from './fault.ts';
import { startHogs } from './hog.ts';

export const cpuHog: Fault = {
  name: 'cpu-hog',
  what: 'another program computes all the time, on any core',
  expected: ['noisy-neighbour'],
  flags: { model: 'event-loop', workload: 'cpu' },
  beside: () => startHogs(1),
};
