import { join } from 'node:path';
import type { Generator } from '../../runner/load/generator.ts';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { pool } from '../../servers/pool/server.ts';
import { express } from '../../servers/references/express/server.ts';
import { goNetHttp } from '../../servers/references/go-net-http/server.ts';
import { cpu } from '../../workloads/cpu.ts';
import type { Repeated } from '../../workloads/fibonacci.ts';
import { measure, nodeServer, type TestedServer, withQuietServer } from '../harness/load.ts';

export type ServerName =
  | 'pool'
  | 'node:cluster'
  | 'piscina'
  | 'piscina tuned'
  | 'event-loop'
  | 'Express'
  | 'Go'
  | 'Go, equal CPU time';

/** A server of the comparison, and what a request of `cpu` makes it compute. */
export interface ComparedServer extends TestedServer {
  readonly name: ServerName;
  readonly work: Repeated;
}

const work: Repeated = { n: 27, times: 1 };
const alternative = (name: string, kind: string) =>
  nodeServer(name, join(import.meta.dirname, 'alternatives.ts'), kind);

/** All servers with as many workers as the pool has worker threads; an event loop has one. */
export async function comparedServers(
  names: ReadonlySet<ServerName>,
  workers: number,
  generator: Generator,
): Promise<ComparedServer[]> {
  const all: readonly ComparedServer[] = [
    { name: 'pool', server: pool, workers, work },
    { name: 'node:cluster', server: alternative('cluster', 'cluster'), workers, work },
    { name: 'piscina', server: alternative('piscina', 'piscina'), workers, work },
    { name: 'piscina tuned', server: alternative('piscina', 'piscina-tuned'), workers, work },
    { name: 'event-loop', server: eventLoop, workers: 1, work },
    { name: 'Express', server: express, workers: 1, work },
    { name: 'Go', server: goNetHttp, workers, work },
    { name: 'Go, equal CPU time', server: goNetHttp, workers, work },
  ];
  const servers: ComparedServer[] = [];
  for (const compared of all.filter(({ name }) => names.has(name))) {
    const probe = await compared.server.probe();
    if (!probe.available)
      console.warn(`without ${compared.name}: ${probe.reason} (${probe.advice})`);
    else if (compared.name !== 'Go, equal CPU time') servers.push(compared);
    else servers.push({ ...compared, work: await workOfEqualCost(workers, generator) });
  }
  return servers;
}

/** A computation so small that the number of repetitions sets the cost of a request precisely. */
const unit: Repeated = { n: 20, times: 30 };

/** The work with which a single request takes as much CPU time in Go as in the pool. */
async function workOfEqualCost(workers: number, generator: Generator): Promise<Repeated> {
  const inPool = { name: 'pool', server: pool, workers };
  const inGo = { name: 'Go', server: goNetHttp, workers };
  const ratio = (await cpuMicros(inPool, work)) / (await cpuMicros(inGo, unit));
  return { ...unit, times: Math.max(1, Math.round(unit.times * ratio)) };

  async function cpuMicros(tested: TestedServer, repeated: Repeated): Promise<number> {
    const figures = await withQuietServer(tested, async (server) => {
      const classes = cpu.requests({ ...repeated });
      // The warm-up is long enough for the JIT compiler to finish, which uses CPU time too.
      const loop = { classes, connections: 1, warmupSeconds: 2, windowSeconds: 1 };
      return { micros: (await measure(server, generator, loop)).serverCpuMicros };
    });
    return figures['micros'] ?? Number.NaN;
  }
}
