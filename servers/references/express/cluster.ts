import cluster, { type Worker } from 'node:cluster';
import { createServer } from 'node:http';
import { endWith, onStop, readSettings, serveHttp } from '../../kit/model-process.ts';
import { CrashLoop } from '../../prefork/crash-loop.ts';
import { exitCodes } from '../../server.ts';
import { app, indexVariable } from './app.ts';

/** The messages of the primary process to its workers. */
type Order = 'listen' | 'stop';

/** Starts the workers, replaces those that die, and hands connections to them in turn: the way of `node:cluster`. */
function runPrimary(): void {
  const settings = readSettings();
  const crashLoop = new CrashLoop(settings.workers);
  /** The workers with their index, which the replacement of one inherits. */
  const workers = new Map<Worker, number>();
  const loaded = new Set<Worker>();
  let isListening = false;
  let isStopping = false;

  const order = (worker: Worker) => worker.send((isStopping ? 'stop' : 'listen') satisfies Order);
  const start = (index: number) => {
    const worker = cluster.fork({ [indexVariable]: String(index) });
    workers.set(worker, index);
    worker.once('message', () => {
      loaded.add(worker);
      if (isListening || isStopping) order(worker);
      // None listens before all are loaded: the first answer shows that all of them are up.
      else if (loaded.size === settings.workers) {
        isListening = true;
        for (const one of loaded) order(one);
      }
    });
  };

  cluster.on('exit', (worker, code, signal) => {
    const index = workers.get(worker) ?? 0;
    workers.delete(worker);
    loaded.delete(worker);
    if (isStopping) {
      if (workers.size === 0) process.exit(0);
      return;
    }
    if (code === exitCodes.portTaken || code === exitCodes.badEnvironment) process.exit(code);
    if (crashLoop.died(performance.now(), isListening)) {
      const last = signal ? `by ${signal}` : `with status ${code}`;
      endWith(exitCodes.failed, `the workers die again and again, the last one ${last}`);
    }
    start(index);
  });
  onStop(() => {
    isStopping = true;
    for (const worker of workers.keys()) order(worker);
  });

  for (let index = 0; index < settings.workers; index += 1) start(index);
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

if (cluster.isPrimary) runPrimary();
else runWorker();
