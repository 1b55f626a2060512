import type { Generator } from '../../runner/load/generator.ts';
import { cpu } from '../../workloads/cpu.ts';
import type { Repeated } from '../../workloads/fibonacci.ts';
import { type Contender, goAsked, poolAsked } from './contenders.ts';
import { measure, withQuietServer } from './measure.ts';

/** Small, so that how often it is computed sets finely what a request costs. */
const trial: Repeated = { n: 20, times: 30 };

/** What to ask of Go, so that a request alone takes as much CPU time as the pool's does. */
export async function workOfSameDemand(workers: number, generator: Generator): Promise<Repeated> {
  const go = goAsked(trial, workers);
  if (!(await go.server.probe()).available) return trial;
  const ratio = (await cpuMicros(poolAsked(workers), generator)) / (await cpuMicros(go, generator));
  return { ...trial, times: Math.max(1, Math.round(trial.times * ratio)) };
}

async function cpuMicros(contender: Contender, generator: Generator): Promise<number> {
  const figures = await withQuietServer(contender, async (server) => {
    const classes = cpu.requests({ ...contender.work });
    // Until then what costs CPU time is compiling, too.
    const loop = { classes, connections: 1, warmupSeconds: 2, windowSeconds: 1 };
    return { micros: (await measure(server, generator, loop)).serverMicrosARequest };
  });
  return figures['micros'] ?? Number.NaN;
}
