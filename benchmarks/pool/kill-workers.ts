import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../results/statistics/random.ts';
import { cpu } from '../../workloads/cpu.ts';
import { type Figures, nodeServer, withServer } from '../harness/load.ts';

const seconds = 30;
const connections = 16;
const lostWithWorker =
  /^the handler failed: the worker thread that computed it exited with code 1\n$/;

/**
 * Loads a pool that kills its own worker threads, and accounts for every request.
 * @throws Error for an answer that is neither right nor says that the computation's worker thread was lost
 */
export async function killWorkers(workers: number): Promise<Figures> {
  const [request] = cpu.requests({ n: 24, times: 1 });
  if (!request) throw new Error('the cpu workload has no request');
  const killingPool = nodeServer('killing-pool', import.meta.filename);
  return withServer({ name: 'pool', server: killingPool, workers }, async (server) => {
    let answered = 0;
    let lost = 0;
    const endMs = performance.now() + seconds * 1_000;
    const client = async () => {
      while (performance.now() < endMs) {
        const response = await fetch(`${server.url}${request.path}`);
        const body = await response.text();
        if (response.status === 200 && body === request.expectedBody) answered += 1;
        else if (response.status === 500 && lostWithWorker.test(body)) lost += 1;
        else throw new Error(`a worker was killed, and a request got ${response.status}: ${body}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, client));
    await delay(200); // the line about the last kill may still be on its way
    const kills = Number(/(\d+) killed$/.exec(server.outputTail())?.[1]);
    if (!(lost <= kills)) throw new Error(`${kills} kills lost ${lost} computations`);
    return { kills, answered, lost };
  });
}

/** Serves from a pool, kills a random worker thread ten times per second, and prints how many. */
async function serveAndKill(): Promise<void> {
  const { workerThreads } = await import('../../servers/pool/main.ts');
  const random = seededRandom(1);
  let killed = 0;
  setInterval(() => {
    const running = [...workerThreads.threads.values()];
    const victim = running[Math.floor(random() * running.length)];
    if (!victim) return;
    killed += 1;
    console.log(`${killed} killed`);
    void victim.terminate();
  }, 100);
}

if (import.meta.main) await serveAndKill();
