import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { extname, join } from 'node:path';
// In a worker process this import loads worker.ts.
import cservice from 'cluster-service';
import { endWith, listen, type ModelSettings, onStop, readSettings } from '../kit/model-process.ts';
import { exitCodes } from '../server.ts';
import { CrashLoop } from './crash-loop.ts';
import { accept, isLoaded } from './messages.ts';

const worker = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);
const readyWithinMs = 15_000;
const replaceAfterMs = 100;
const endWithinMs = 60_000;

/** The primary process: keeps the workers up. The workers accept connections themselves, from one socket. */
async function runPrimary(): Promise<void> {
  const settings = readSettings();
  await tryToListen(settings);
  let isUp = false;
  onStop(() => {
    if (!isUp) process.exit(0);
    cservice.stop(endWithinMs, () => process.exit(0));
  });
  cluster.on('message', (worker, message) => {
    if (isUp && isLoaded(message)) worker.send(accept);
  });
  const crashLoop = new CrashLoop(settings.workers);
  cluster.on('exit', ({ process: { pid } }, code, signal) => {
    const last = signal ? `by ${signal}` : `with status ${code}`;
    // A worker that dies takes its request along: who looks for the reason of a reset connection finds it here.
    if (signal || code !== 0) console.error(`worker ${pid} ended ${last}`);
    if (!crashLoop.died(performance.now(), isUp)) return;
    endWith(exitCodes.failed, `the workers die again and again, the last one ${last}`);
  });

  // The socket is shared: an idle worker accepts from it.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  await startWorkers(settings.workers);
  isUp = true;
  for (const worker of Object.values(cluster.workers ?? {})) worker?.send(accept);
}

/** Listens for a moment, so that a port that cannot be used ends this process instead of its workers, again and again. */
async function tryToListen(settings: ModelSettings): Promise<void> {
  const server = createServer();
  await listen(server, settings);
  server.close();
}

/** Resolves when all workers are ready; ends the process if that takes too long. */
function startWorkers(count: number): Promise<void> {
  const timeLimit = setTimeout(
    () => endWith(exitCodes.failed, `the workers were not ready after ${readyWithinMs / 1000} s`),
    readyWithinMs,
  );
  return new Promise((resolve) => {
    cservice.start(
      { workers: { main: { worker, count } }, cli: false, restartDelayMs: replaceAfterMs },
      (error) => {
        clearTimeout(timeLimit);
        if (error) endWith(exitCodes.failed, `cluster-service: ${error}`);
        resolve();
      },
    );
  });
}

if (cluster.isPrimary) await runPrimary();
