import { joinPool, startPool } from '../../servers/pool/pool.ts';
import { RequestTasks } from '../../servers/pool/request-tasks.ts';
import type { Task } from '../../workloads/runtime.ts';
import { identity } from './identity-task.ts';
import { piscinaRuntime } from './piscina-runtime.ts';

type Compute = (task: Task<number, number>, argument: number) => Promise<number>;

async function ourPool(workers: number): Promise<Compute> {
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
  return (task, argument) => dispatcher.compute(new RequestTasks(), task, argument);
}

function piscina(workers: number): Compute {
  const tuning = contender === 'piscina tuned' ? 'tuned' : 'default';
  const runtime = piscinaRuntime(tuning, workers);
  return (task, argument) => runtime.compute(task, argument);
}

async function oneAtATimeMicros(compute: Compute, tasks: number): Promise<number[]> {
  const micros: number[] = [];
  for (let task = 0; task < tasks; task++) {
    const startedMs = performance.now();
    await compute(identity, task);
    micros.push((performance.now() - startedMs) * 1_000);
  }
  return micros.toSorted((a, b) => a - b);
}

async function microsATask(compute: Compute, tasks: number, inFlight: number): Promise<number> {
  let left = tasks;
  const client = async () => {
    while (left-- > 0) await compute(identity, left);
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: inFlight }, client));
  return ((performance.now() - startedMs) * 1_000) / tasks;
}

const [contender, workers] = [process.argv[2], Number(process.argv[3])];
const compute = contender === 'pool' ? await ourPool(workers) : piscina(workers);

await microsATask(compute, 20_000, 64);
const alone = await oneAtATimeMicros(compute, 5_000);
const quantile = (q: number) => alone[Math.floor(alone.length * q)];
console.log(
  JSON.stringify({
    'one at a time: p50, µs': quantile(0.5),
    'one at a time: p99, µs': quantile(0.99),
    '64 in flight: µs a task': await microsATask(compute, 50_000, 64),
  }),
);
process.exit();
