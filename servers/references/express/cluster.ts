import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { endWith, onStop, readSettings, serveHttp } from '../../kit/model-process.ts';
import { CrashLoop } from '../../prefork/crash-loop.ts';
import { exitCodes } from '../../server.ts';
import { app } from './app.ts';

/** The messages of the primary process to its workers. */
type Order = 'listen' | 'stop';

/** Starts the workers, replaces those that die, and hands connections to them in turn: the way of `node:cluster`. */
async function runPrimary(): Promise<void> {
  const settings = readSettings();
  const crashLoop = new CrashLoop(settings.workers);
  const workers = new Set<Worker>();
  let isStopping = false;

  /** Resolves when the worker is loaded, and can be ordered to listen. */
  const start = async (): Promise<Worker> => {
    const worker = cluster.fork();
    workers.add(worker);
    await once(worker, 'message');
    return worker;
  };
  const order = (worker: Worker) => worker.send((isStopping ? 'stop' : 'listen') satisfies Order);

  cluster.on('exit', (worker, code, signal) => {
    workers.delete(worker);
    if (isStopping) {
      if (workers.size === 0) process.exit(0);
      return;
    }
    if (code === exitCodes.portTaken || code === exitCodes.badEnvironment) process.exit(code);
    if (crashLoop.died(performance.now())) {
      const last = signal ? `by ${signal}` : `with status ${code}`;
      endWith(exitCodes.failed, `the workers die again and again, the last one ${last}`);
    }
    void start().then(order);
  });
  onStop(() => {
    isStopping = true;
    for (const worker of workers) order(worker);
  });

  // None listens before all are loaded: the first answer shows that all of them are up.
  const loaded = await Promise.all(Array.from({ length: settings.workers }, start));
  for (const worker of loaded) order(worker);
}

/** Serves the application as `main.ts` does, when the primary process orders it. */
function runWorker(): void {
  // A signal to the whole group is for the primary process, which stops its workers.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  let stop: () => void = () => process.exit(0);
  process.on('message', (order: Order) => {
    if (order === 'stop') stop();
    else void serveHttp(createServer(app), readSettings(), (drain) => void (stop = drain));
  });
  process.send?.('loaded');
}

if (cluster.isPrimary) await runPrimary();
else runWorker();
