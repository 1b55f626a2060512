import { extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pool } from '../../servers/pool/server.ts';
import { cpu } from '../../workloads/cpu.ts';
import { type Figures, withServer } from './measure.ts';

const seconds = 30;
const connections = 16;
const work = { n: 24, times: 1 };
const lostWithWorker =
  /^the handler failed: the worker thread that computed it exited with code 1\n$/;
const url = new URL(`./killing-main${extname(import.meta.filename)}`, import.meta.url);
const killingPool = {
  ...pool,
  command: () => ({ program: process.execPath, arguments: [fileURLToPath(url)] }),
};

/**
 * Asks a pool that kills its own worker threads, and accounts for every request.
 * @throws Error for any answer that is neither right nor says that the computation's worker thread was lost
 */
export async function killWorkers(workers: number): Promise<Figures> {
  const [request] = cpu.requests(work);
  if (!request) throw new Error('nothing to ask');
  const contender = { name: 'pool', server: killingPool, workers, work } as const;
  return withServer(contender, async (server) => {
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
    // The last kill's line may still be on its way.
    await delay(200);
    const kills = Number(/(\d+) killed$/.exec(server.outputTail())?.[1]);
    if (!(lost <= kills)) throw new Error(`${kills} kills cost ${lost} computations`);
    return { kills, answered, lost };
  });
}
