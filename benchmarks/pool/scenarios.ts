import { connectionsPossible } from '../../runner/load/connection-limit.ts';
import type { Generator } from '../../runner/load/generator.ts';
import { cpu } from '../../workloads/cpu.ts';
import { fanout } from '../../workloads/fanout.ts';
import { hello } from '../../workloads/hello.ts';
import { io } from '../../workloads/io.ts';
import type { Contender, ContenderName } from './contenders.ts';
import { dispatchCost } from './dispatch.ts';
import { meanReading, measureInTurns } from './in-turns.ts';
import { killWorkers } from './kill-workers.ts';
import { type Figures, measure, type Reading, withQuietServer } from './measure.ts';
import { measureInQuiet } from './quiet.ts';
import type { Block } from './readings.ts';
import { askedByWrk } from './wrk.ts';

type Generators = readonly [Generator, Generator];

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly ContenderName[];
  /** How many blocks are enough, where not as many as for the others. */
  readonly blocks?: number;
  /** Measures those contenders that are available, in the order given. */
  measureBlock(contenders: readonly Contender[], generators: Generators): Promise<Block>;
}

/** Measures one contender after the other, each started afresh. */
function oneByOne(measureOne: (contender: Contender, generators: Generators) => Promise<Figures>) {
  return async (contenders: readonly Contender[], generators: Generators): Promise<Block> => {
    const block: Block = {};
    for (const contender of contenders) {
      block[contender.name] = { ...(await measureOne(contender, generators)) };
    }
    return block;
  };
}

const short = { warmupSeconds: 0.5, windowSeconds: 2 };
const turn = { warmupSeconds: 0.5, windowSeconds: 0.4 };
const waiting = io.requests({ ms: 50 });

function usual({ throughputPerSecond, meanMs, p50Ms, p99Ms }: Reading): Figures {
  return {
    'per second': throughputPerSecond,
    'mean, ms': meanMs,
    'p50, ms': p50Ms,
    'p99, ms': p99Ms,
  };
}

const underComputation: Scenario = {
  name: 'cpu',
  title: 'Computing: `cpu`, 32 closed-loop connections',
  contenders: ['pool', 'node:cluster', 'piscina', 'piscina tuned', 'Express', 'Go, same demand'],
  measureBlock: oneByOne((contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const classes = cpu.requests({ ...contender.work });
      const single = { classes, connections: 1, warmupSeconds: 1, windowSeconds: 0.5 };
      const alone = await measure(server, generator, single);
      const loop = { classes, connections: 32, ...short };
      const busy = await measure(server, generator, loop);
      return {
        'one alone, ms': alone.p50Ms,
        'one alone: CPU, µs': alone.serverMicrosARequest,
        ...usual(busy),
        'p99 / one alone': busy.p99Ms / alone.p50Ms,
        ...(await askedByWrk(server, loop)),
      };
    }),
  ),
};

const waitBesideComputation: Scenario = {
  name: 'wait',
  title: 'Waiting 50 ms (32 connections), alone and beside computation (`cpu`, 32 connections)',
  contenders: ['pool', 'node:cluster', 'Express', 'Go'],
  measureBlock: oneByOne((contender, [light, heavy]) =>
    withQuietServer(contender, async (server) => {
      const classes = cpu.requests({ ...contender.work });
      const loop = { classes: waiting, connections: 32, warmupSeconds: 1, windowSeconds: 2.5 };
      const alone = await measure(server, light, loop);
      const [beside] = await Promise.all([
        measure(server, light, loop),
        measure(server, heavy, { classes, connections: 32, warmupSeconds: 0.5, windowSeconds: 3 }),
      ]);
      return {
        'alone: p50, ms': alone.p50Ms,
        'alone: p99, ms': alone.p99Ms,
        'beside: p50, ms': beside.p50Ms,
        'beside: p99, ms': beside.p99Ms,
      };
    }),
  ),
};

const oneRequestInParts = (n: number): Scenario => ({
  name: `fanout-${n}`,
  title: `One request at a time in eight parts: \`fanout\`, \`parts=8&n=${n}\`, 1 connection`,
  contenders: ['pool', 'piscina tuned', 'event-loop', 'Go'],
  measureBlock: oneByOne((contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const classes = fanout.requests({ parts: 8, n });
      return usual(await measure(server, generator, { classes, connections: 1, ...short }));
    }),
  ),
});

const noWork: Scenario = {
  name: 'hello',
  title: 'No work: `hello`, 64 closed-loop connections, in turns',
  contenders: ['pool', 'event-loop', 'Express', 'Go'],
  measureBlock: async (contenders, [generator]) => {
    const loop = { classes: hello.requests({}), connections: 64, ...turn };
    const readings = await measureInTurns(contenders, generator, loop);
    const figures = [...readings].map(([{ name }, all]) => {
      const reading = meanReading(all);
      const cpuMicros = { 'server CPU, µs a request': reading.serverMicrosARequest };
      return [name, { ...usual(reading), ...cpuMicros }] as const;
    });
    return Object.fromEntries(figures);
  },
};

const manyConnections: Scenario = {
  name: 'connections',
  title: 'Waiting 0.5 s on as many connections as open files allow, 10,000 at most',
  contenders: ['pool', 'event-loop', 'Go'],
  measureBlock: oneByOne((contender, [generator]) =>
    withQuietServer(contender, async (server) => {
      const connections = Math.min(10_000, connectionsPossible());
      const classes = io.requests({ ms: 500 });
      const loop = { classes, connections, warmupSeconds: 4, windowSeconds: 3 };
      return { connections, ...usual(await measure(server, generator, loop)) };
    }),
  ),
};

const dispatch: Scenario = {
  name: 'dispatch',
  title: 'Dispatching a task that does nothing, without HTTP',
  contenders: ['pool', 'piscina', 'piscina tuned'],
  measureBlock: oneByOne(({ name, workers }) => measureInQuiet(() => dispatchCost(name, workers))),
};

const kills: Scenario = {
  name: 'kills',
  title: 'Worker threads killed at random, ten a second for 30 s, under 16 closed-loop connections',
  contenders: ['pool'],
  blocks: 1,
  measureBlock: oneByOne(({ workers }) => killWorkers(workers)),
};

export const scenarios: readonly Scenario[] = [
  dispatch,
  noWork,
  underComputation,
  waitBesideComputation,
  oneRequestInParts(24),
  oneRequestInParts(27),
  manyConnections,
  kills,
];
