import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { joinPool, startPool } from '../../servers/pool/pool.ts';
import { RequestTasks } from '../../servers/pool/request-tasks.ts';
import type { Task } from '../../workloads/runtime.ts';
import type { Figures } from '../harness/load.ts';
import { piscinaRuntime } from './piscina.ts';

/** A task whose only cost is the way to a worker thread and back. */
export const identity: Task<number, number> = {
  moduleUrl: import.meta.url,
  exportName: 'identity',
  run: (argument) => argument,
};

/**
 * The time from giving a task to a thread pool until its result is there, in a process that does nothing else.
 *
 * @param name 'pool', 'piscina' or 'piscina tuned'
 */
export async function dispatchCost(name: string, workers: number): Promise<Figures> {
  const program = [import.meta.filename, name, String(workers)];
  const { stdout } = await promisify(execFile)(process.execPath, program);
  return z.record(z.string(), z.number()).parse(JSON.parse(stdout));
}

type Compute = (argument: number) => Promise<number>;

async function computeOf(name: string | undefined, workers: number): Promise<Compute> {
  if (name !== 'pool') {
    const runtime = piscinaRuntime(name === 'piscina tuned', workers);
    return (argument) => runtime.compute(identity, argument);
  }
  const { netpollers } = await startPool({
    workers,
    netpollers: 1,
    queueLimit: Number.POSITIVE_INFINITY,
    onFailure: (error) => {
      throw error;
    },
  });
  const [dispatcher] = netpollers.map(joinPool);
  if (!dispatcher) throw new Error('a pool without netpollers');
  return (argument) => dispatcher.compute(new RequestTasks(), identity, argument);
}

async function microsEach(compute: Compute, tasks: number): Promise<number[]> {
  const micros: number[] = [];
  for (let task = 0; task < tasks; task++) {
    const startedMs = performance.now();
    await compute(task);
    micros.push((performance.now() - startedMs) * 1_000);
  }
  return micros.toSorted((a, b) => a - b);
}

async function meanMicros(compute: Compute, tasks: number, inFlight: number): Promise<number> {
  let left = tasks;
  const client = async () => {
    while (left-- > 0) await compute(left);
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: inFlight }, client));
  return ((performance.now() - startedMs) * 1_000) / tasks;
}

async function measureDispatch(name: string | undefined, workers: number): Promise<Figures> {
  const compute = await computeOf(name, workers);
  await meanMicros(compute, 20_000, 64); // warm-up
  const alone = await microsEach(compute, 5_000);
  const quantile = (q: number) => alone[Math.floor(alone.length * q)] ?? Number.NaN;
  return {
    'one at a time: p50, µs': quantile(0.5),
    'one at a time: p99, µs': quantile(0.99),
    '64 in flight: µs per task': await meanMicros(compute, 50_000, 64),
  };
}

if (import.meta.main) {
  const [name, workers] = process.argv.slice(2);
  console.log(JSON.stringify(await measureDispatch(name, Number(workers))));
  process.exit();
}
