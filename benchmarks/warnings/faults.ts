import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BenchmarkRun, eventLoopCommand, nodeCommand } from '../harness/run.ts';
import { signalServer, startBusyProcesses } from './disturb.ts';

/** A fault that is injected into a run, and the warnings that must show it. */
export interface Fault extends BenchmarkRun {
  readonly what: string;
  /** Codes of warnings, any of which shows that the fault was noticed; none for a run without a fault. */
  readonly expected: readonly string[];
  /** Starts what disturbs the whole run; returns a function that ends it. */
  readonly throughout?: () => () => void;
  /** Happens in the middle of the first window. */
  readonly midWindow?: () => Promise<void>;
}

const closedLoopOnly = { furtherWindows: [] };

/** The command line of the event loop with one of the faults of faulty-handler.ts. */
export function faultyEventLoop(
  fault: string,
  environment: Readonly<Record<string, string | number>> = {},
): string {
  const handler = join(import.meta.dirname, 'faulty-handler.ts');
  return eventLoopCommand(handler, { FAULT: fault, ...environment });
}

export const faults: readonly Fault[] = [
  {
    name: 'starved-client',
    what: 'three programs of the same priority compute on the only core that the load generator may use',
    expected: ['late-sends', 'generator-starved'],
    flags: { model: 'event-loop', workload: 'io', cpus: '0', clientCpus: '1' },
    throughout: () => startBusyProcesses(3, 1),
  },
  {
    name: 'small-backlog',
    what: 'the server listens with a backlog of 1, and closes the connection after each answer',
    expected: ['accept-queue'],
    flags: {
      exec: [faultyEventLoop('closed-connections', { BACKLOG: 1 })],
      workload: 'cpu',
    },
    change: closedLoopOnly,
  },
  {
    name: 'nagle',
    what: "the server sends head and body separately, with Nagle's algorithm on",
    expected: ['delayed-ack'],
    flags: {
      exec: [nodeCommand(join(import.meta.dirname, '../bare-server.ts'), {}, ['nagle'])],
      path: ['/'],
    },
  },
  {
    name: 'cpu-hog',
    what: 'another program computes all the time, on any core',
    expected: ['noisy-neighbour'],
    flags: { model: 'event-loop', workload: 'cpu' },
    throughout: () => startBusyProcesses(1),
  },
  {
    name: 'lost-replies',
    what: 'the server never answers one request in 500',
    expected: ['failed-requests'],
    flags: { exec: [faultyEventLoop('lost-replies', { EVERY: 500 })], workload: 'io' },
    change: closedLoopOnly,
  },
  {
    name: 'wrong-body',
    what: 'the server answers one request in 500 with another body of the same length',
    expected: ['wrong-bodies'],
    flags: { exec: [faultyEventLoop('wrong-body', { EVERY: 500 })], workload: 'io' },
  },
  {
    name: 'cold-start',
    what: 'each request costs 38 % more in the first 2 s: warm-up is not over when the window begins',
    expected: ['not-steady'],
    flags: {
      exec: [faultyEventLoop('cold-start', { COLD_MS: 2000 })],
      workload: 'cpu',
      duration: '3s',
    },
    change: closedLoopOnly,
  },
  {
    name: 'drift',
    what: 'each second of the run makes a request cost 1.3 % more, over six blocks',
    expected: ['drift'],
    flags: { exec: [faultyEventLoop('drift')], workload: 'cpu', blocks: '6', duration: '1s' },
    change: closedLoopOnly,
  },
  {
    name: 'worker-killed',
    what: 'a worker process gets SIGKILL in the middle of a window',
    expected: ['workers-restarted'],
    flags: { model: 'prefork', workload: 'io' },
    midWindow: async () => signalServer('prefork', 1, 'SIGKILL'),
  },
  {
    name: 'stopped-server',
    what: 'the server gets SIGSTOP in the middle of a window, and SIGCONT a second later',
    expected: ['stalled'],
    flags: { model: 'event-loop', workload: 'cpu' },
    midWindow: async () => {
      signalServer('event-loop', 0, 'SIGSTOP');
      await delay(1000);
      signalServer('event-loop', 0, 'SIGCONT');
    },
  },
];

const cleanCells = [
  ...['event-loop', 'prefork', 'pool'].flatMap((model) =>
    ['io', 'cpu', 'mixed'].map((workload) => ({ model, workload })),
  ),
  { model: 'pool', workload: 'fanout' },
];

/** Runs without a fault: each model under each default workload, and one more. */
export const cleanRuns: readonly Fault[] = cleanCells.map(({ model, workload }) => ({
  name: `clean-${model}-${workload}`,
  what: `${model}, \`${workload}\``,
  expected: [],
  flags: { model, workload },
}));
