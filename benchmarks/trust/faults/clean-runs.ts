import type { Fault } from './fault.ts';

const cells = [
  ['event-loop', 'io'],
  ['event-loop', 'cpu'],
  ['event-loop', 'mixed'],
  ['prefork', 'io'],
  ['prefork', 'cpu'],
  ['prefork', 'mixed'],
  ['pool', 'io'],
  ['pool', 'cpu'],
  ['pool', 'mixed'],
  ['pool', 'fanout'],
] as const;

/** Runs with nothing put into them: each model under each of the default workloads, and one more. */
export const cleanRuns: readonly Fault[] = cells.map(([model, workload]) => ({
  name: `clean-${model}-${workload}`,
  what: `${model}, \`${workload}\``,
  expected: [],
  flags: { model, workload },
}));
