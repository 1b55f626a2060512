import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventLoop } from '../../../servers/event-loop/server.ts';
import { pool } from '../../../servers/pool/server.ts';
import { express } from '../../../servers/references/express/server.ts';
import { goNetHttp } from '../../../servers/references/go-net-http/server.ts';
import type { Server } from '../../../servers/server.ts';

export type ContenderName =
  | 'pool'
  | 'node:cluster'
  | 'piscina'
  | 'piscina tuned'
  | 'event-loop'
  | 'Express'
  | 'Go'
  | 'Go, same demand';

/** A server of the comparison, and the Fibonacci number that it is asked for where the work is to compute. */
export interface Contender {
  readonly name: ContenderName;
  readonly server: Server;
  readonly workers: number;
  readonly fibonacciIndex: number;
}

function nodeServer(file: string, ...args: string[]): Server {
  const url = new URL(`./${file}${extname(import.meta.filename)}`, import.meta.url);
  return {
    ...eventLoop,
    name: file,
    command: () => ({ program: process.execPath, arguments: [fileURLToPath(url), ...args] }),
  };
}

/** All of them, as many workers each as the pool has worker threads. Those without workers have one. */
export function allContenders(workers: number, indexOfSameDemand: number): readonly Contender[] {
  const n = 27;
  return [
    { name: 'pool', server: pool, workers, fibonacciIndex: n },
    { name: 'node:cluster', server: nodeServer('cluster-main'), workers, fibonacciIndex: n },
    { name: 'piscina', server: nodeServer('piscina-main'), workers, fibonacciIndex: n },
    {
      name: 'piscina tuned',
      server: nodeServer('piscina-main', 'tuned'),
      workers,
      fibonacciIndex: n,
    },
    { name: 'event-loop', server: eventLoop, workers: 1, fibonacciIndex: n },
    { name: 'Express', server: express, workers: 1, fibonacciIndex: n },
    { name: 'Go', server: goNetHttp, workers, fibonacciIndex: n },
    { name: 'Go, same demand', server: goNetHttp, workers, fibonacciIndex: indexOfSameDemand },
  ];
}
