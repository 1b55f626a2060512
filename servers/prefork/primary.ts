import cluster, { type Worker } from 'node:cluster';
import { createServer, type Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import cservice from 'cluster-service';
import { exitCodes } from '../exit-codes.ts';
import { endWith, listen, onStop, readSettings } from '../model-process.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { CrashLoop } from './crash-loop.ts';
import { type Hurry, isIdle, type Turn } from './messages.ts';
import { rehearse } from './rehearsal.ts';
import { Turns } from './turns.ts';

const worker = fileURLToPath(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url));
const readyWithinMs = 15_000;
const replaceAfterMs = 100;
const endWithinMs = 2_000;
const hurry: Hurry = { cservice: {}, hurry: true };

interface Connection {
  readonly socket: Socket;
  readonly acceptedMs: number;
}

/** The primary process: accepts connections, and hands each to a worker that has nothing to do. */
export async function runPrimary(): Promise<void> {
  const settings = readSettings();
  const turns = new Turns<Connection, Worker>(handOver);
  const accept = (socket: Socket) => turns.arrived({ socket, acceptedMs: monotonicMs() });
  const server = createServer({ pauseOnConnect: true }, accept);
  let isDraining = false;
  const endIfDrained = () => {
    if (!isDraining || !turns.areOver) return;
    isDraining = false;
    cservice.stop(endWithinMs, () => process.exit(0));
  };
  onStop(() => {
    if (!server.listening) process.exit(0);
    server.close();
    isDraining = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.send(hurry);
    endIfDrained();
  });

  cluster.on('message', (worker, message) => {
    if (!isIdle(message)) return;
    turns.isIdle(worker);
    endIfDrained();
  });
  const crashLoop = new CrashLoop();
  cluster.on('exit', (worker, code, signal) => {
    turns.isGone(worker);
    if (crashLoop.died(performance.now())) {
      const last = signal ? `by ${signal}` : `with status ${code}`;
      endWith(exitCodes.failed, `the workers die again and again, the last one ${last}`);
    }
    endIfDrained();
  });

  await startWorkers(settings.workers);
  await rehearse(settings.workers, accept);
  await listen(server, settings);
}

function handOver({ socket, acceptedMs }: Connection, worker: Worker): void {
  const turn: Turn = { cservice: {}, acceptedMs };
  worker.send(turn, socket, (error) => {
    if (error) socket.destroy();
  });
}

/** Resolves when all workers are ready; ends the process when they don't get so far in time. */
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
