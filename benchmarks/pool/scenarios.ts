import { connectionsPossible } from '../../runner/load/connections.ts';
import type { Generator } from '../../runner/load/generator.ts';
import { cpu } from '../../workloads/cpu.ts';
import { fanout } from '../../workloads/fanout.ts';
import { hello } from '../../workloads/hello.ts';
import { io } from '../../workloads/io.ts';
import {
  type Figures,
  type LoopResult,
  measure,
  measureByWrk,
  measureInQuiet,
  measureInTurns,
  withQuietServer,
} from '../harness/load.ts';
import { dispatchCost } from './dispatch.ts';
import { killWorkers } from './kill-workers.ts';
import type { ComparedServer, ServerName } from './servers.ts';

/** The figures of each server in one block. */
export type Block = Readonly<Record<string, Figures>>;

type Generators = readonly [Generator, Generator];

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly servers: readonly ServerName[];
  /** How many blocks are enough, if fewer than for other scenarios. */
  readonly blocks?: number;
  /** Measures the servers in the order given. */
  measureBlock(servers: readonly ComparedServer[], generators: Generators): Promise<Block>;
}

/** Measures one server after the other. */
function oneByOne(
  measureOne: (compared: ComparedServer, generators: Generators) => Promise<Figures>,
): Scenario['measureBlock'] {
  return async (servers, generators) => {
    const block: Record<string, Figures> = {};
    for (const compared of servers) block[compared.name] = await measureOne(compared, generators);
    return block;
  };
}

const short = { warmupSeconds: 0.5, windowSeconds: 2 };
const waiting = io.requests({ ms: 50 });

const usual = ({ throughputPerSecond, meanMs, p50Ms, p99Ms }: LoopResult): Figures => ({
  'req/s': throughputPerSecond,
  'mean, ms': meanMs,
  'p50, ms': p50Ms,
  'p99, ms': p99Ms,
});

const fanoutOneAtATime = (n: number): Scenario => ({
  name: `fanout-${n}`,
  title: `One request at a time in eight parts: \`fanout\`, \`parts=8&n=${n}\`, 1 connection`,
  servers: ['pool', 'piscina tuned', 'event-loop', 'Go'],
  measureBlock: oneByOne((compared, [generator]) =>
    withQuietServer(compared, async (server) => {
      const classes = fanout.requests({ parts: 8, n });
      return usual(await measure(server, generator, { classes, connections: 1, ...short }));
    }),
  ),
});

export const scenarios: readonly Scenario[] = [
  {
    name: 'dispatch',
    title: 'Dispatching a task that does nothing, without HTTP',
    servers: ['pool', 'piscina', 'piscina tuned'],
    measureBlock: oneByOne(({ name, workers }) =>
      measureInQuiet(() => dispatchCost(name, workers)),
    ),
  },
  {
    name: 'hello',
    title: 'No work: `hello`, 64 closed-loop connections, in turns',
    servers: ['pool', 'event-loop', 'Express', 'Go'],
    measureBlock: async (servers, [generator]) => {
      const classes = hello.requests({});
      const loop = { classes, connections: 64, warmupSeconds: 0.5, windowSeconds: 0.4 };
      const results = await measureInTurns(servers, generator, loop);
      const block = [...results].map(([name, result]) => {
        const figures = { ...usual(result), 'server CPU, µs per request': result.serverCpuMicros };
        return [name, figures] as const;
      });
      return Object.fromEntries(block);
    },
  },
  {
    name: 'cpu',
    title: 'Computing: `cpu`, 32 closed-loop connections',
    servers: ['pool', 'node:cluster', 'piscina', 'piscina tuned', 'Express', 'Go, equal CPU time'],
    measureBlock: oneByOne((compared, [generator]) =>
      withQuietServer(compared, async (server) => {
        const classes = cpu.requests({ ...compared.work });
        const single = { classes, connections: 1, warmupSeconds: 1, windowSeconds: 0.5 };
        const alone = await measure(server, generator, single);
        const loop = { classes, connections: 32, ...short };
        const busy = await measure(server, generator, loop);
        return {
          'single request, ms': alone.p50Ms,
          'single request: CPU, µs': alone.serverCpuMicros,
          ...usual(busy),
          'p99 / single request': busy.p99Ms / alone.p50Ms,
          ...(await measureByWrk(server, loop)),
        };
      }),
    ),
  },
  {
    name: 'wait',
    title: 'Waiting 50 ms (32 connections), alone and beside computation (`cpu`, 32 connections)',
    servers: ['pool', 'node:cluster', 'Express', 'Go'],
    measureBlock: oneByOne((compared, [light, heavy]) =>
      withQuietServer(compared, async (server) => {
        const classes = cpu.requests({ ...compared.work });
        const wait = { classes: waiting, connections: 32, warmupSeconds: 1, windowSeconds: 2.5 };
        const computation = { classes, connections: 32, warmupSeconds: 0.5, windowSeconds: 3 };
        const alone = await measure(server, light, wait);
        const [beside] = await Promise.all([
          measure(server, light, wait),
          measure(server, heavy, computation),
        ]);
        return {
          'alone: p50, ms': alone.p50Ms,
          'alone: p99, ms': alone.p99Ms,
          'beside: p50, ms': beside.p50Ms,
          'beside: p99, ms': beside.p99Ms,
        };
      }),
    ),
  },
  fanoutOneAtATime(24),
  fanoutOneAtATime(27),
  {
    name: 'connections',
    title: 'Waiting 0.5 s on as many connections as open files allow, 10,000 at most',
    servers: ['pool', 'event-loop', 'Go'],
    measureBlock: oneByOne((compared, [generator]) =>
      withQuietServer(compared, async (server) => {
        const connections = Math.min(10_000, connectionsPossible());
        const classes = io.requests({ ms: 500 });
        const loop = { classes, connections, warmupSeconds: 4, windowSeconds: 3 };
        return { connections, ...usual(await measure(server, generator, loop)) };
      }),
    ),
  },
  {
    name: 'kills',
    title: 'Worker threads killed at random, ten per second for 30 s, 16 closed-loop connections',
    servers: ['pool'],
    blocks: 1,
    measureBlock: oneByOne(({ workers }) => killWorkers(workers)),
  },
];
