import { cpu } from '../../../workloads/cpu/cpu.ts';
import { fanout } from '../../../workloads/fanout/fanout.ts';
import { hello } from '../../../workloads/hello/hello.ts';
import { io } from '../../../workloads/io/io.ts';
import { connectionsPossible } from '../../load/connection-limit.ts';
import type { Generator } from '../../load/generator.ts';
import type { Contender, ContenderName } from './contenders.ts';
import { dispatchCost } from './dispatch.ts';
import { killWorkers } from './kill-workers.ts';
import { type Figures, measure, type Reading, withQuietServer } from './measure.ts';
import { measureInQuiet } from './quiet.ts';
import { askedByWrk } from './wrk.ts';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly ContenderName[];
  measure(contender: Contender, generators: readonly [Generator, Generator]): Promise<Figures>;
}

const short = { warmupSeconds: 0.5, windowSeconds: 2 };
const waiting = io.requests({ ms: 50 });

function usual({ throughputPerSecond, p50Ms, p99Ms }: Reading): Figures {
  return { 'per second': throughputPerSecond, 'p50, ms': p50Ms, 'p99, ms': p99Ms };
}

const underComputation: Scenario = {
  name: 'cpu',
  title: 'Computing: `cpu`, 32 closed-loop connections',
  contenders: [
    'pool',
    'node:cluster',
    'piscina',
    'piscina tuned',
    'event-loop',
    'Express',
    'Go',
    'Go, same demand',
  ],
  measure: (contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const classes = cpu.requests({ n: contender.fibonacciIndex, times: 1 });
      const alone = await measure(server, generator, {
        classes,
        connections: 1,
        warmupSeconds: 0.2,
        windowSeconds: 0.5,
      });
      const loop = { classes, connections: 32, ...short };
      const busy = await measure(server, generator, loop);
      return {
        'one alone, ms': alone.p50Ms,
        ...usual(busy),
        'p99 / one alone': busy.p99Ms / alone.p50Ms,
        ...(await askedByWrk(server, loop)),
      };
    }),
};

const waitBesideComputation: Scenario = {
  name: 'wait',
  title: 'Waiting 50 ms (32 connections), alone and beside computation (`cpu`, 32 connections)',
  contenders: ['pool', 'node:cluster', 'piscina', 'piscina tuned', 'event-loop', 'Express', 'Go'],
  measure: (contender, [light, heavy]) =>
    withQuietServer(contender, async (server) => {
      const classes = cpu.requests({ n: contender.fibonacciIndex, times: 1 });
      const loop = { classes: waiting, connections: 32, warmupSeconds: 1, windowSeconds: 3 };
      const alone = await measure(server, light, loop);
      const [beside] = await Promise.all([
        measure(server, light, loop),
        measure(server, heavy, { classes, connections: 32, warmupSeconds: 0.5, windowSeconds: 4 }),
      ]);
      return {
        'alone: p50, ms': alone.p50Ms,
        'alone: p99, ms': alone.p99Ms,
        'beside: p50, ms': beside.p50Ms,
        'beside: p99, ms': beside.p99Ms,
      };
    }),
};

const oneRequestInParts = (n: number): Scenario => ({
  name: `fanout-${n}`,
  title: `One request at a time in eight parts: \`fanout\`, \`parts=8&n=${n}\`, 1 connection`,
  contenders: ['pool', 'piscina', 'piscina tuned', 'event-loop', 'Go'],
  measure: (contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const classes = fanout.requests({ parts: 8, n });
      return usual(await measure(server, generator, { classes, connections: 1, ...short }));
    }),
});

const noWork: Scenario = {
  name: 'hello',
  title: 'No work: `hello`, 64 closed-loop connections',
  contenders: ['pool', 'event-loop', 'Express', 'Go'],
  measure: (contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const classes = hello.requests({});
      const reading = await measure(server, generator, { classes, connections: 64, ...short });
      return { ...usual(reading), 'server CPU, µs a request': reading.serverMicrosARequest };
    }),
};

const manyConnections: Scenario = {
  name: 'connections',
  title: 'Waiting 0.5 s on as many connections as open files allow, 10,000 at most',
  contenders: ['pool', 'event-loop', 'Go'],
  measure: (contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const connections = Math.min(10_000, connectionsPossible());
      const classes = io.requests({ ms: 500 });
      const loop = { classes, connections, warmupSeconds: 4, windowSeconds: 3 };
      return { connections, ...usual(await measure(server, generator, loop)) };
    }),
};

const dispatch: Scenario = {
  name: 'dispatch',
  title: 'Dispatching a task that does nothing, without HTTP',
  contenders: ['pool', 'piscina', 'piscina tuned'],
  measure: ({ name, workers }) => measureInQuiet(() => dispatchCost(name, workers)),
};

const kills: Scenario = {
  name: 'kills',
  title: 'Worker threads killed at random, ten a second for 30 s, under 16 closed-loop connections',
  contenders: ['pool'],
  measure: ({ workers }) => killWorkers(workers),
};

export const scenarios: readonly Scenario[] = [
  underComputation,
  waitBesideComputation,
  oneRequestInParts(24),
  oneRequestInParts(27),
  dispatch,
  noWork,
  manyConnections,
  kills,
];
