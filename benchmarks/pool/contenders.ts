import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { pool } from '../../servers/pool/server.ts';
import { express } from '../../servers/references/express/server.ts';
import { goNetHttp } from '../../servers/references/go-net-http/server.ts';
import type { Server } from '../../servers/server.ts';
import type { Repeated } from '../../workloads/fibonacci.ts';

export type ContenderName =
  | 'pool'
  | 'node:cluster'
  | 'piscina'
  | 'piscina tuned'
  | 'event-loop'
  | 'Express'
  | 'Go'
  | 'Go, same demand';

/** A server of the comparison, and what it is asked to compute where the work is to compute. */
export interface Contender {
  readonly name: ContenderName;
  readonly server: Server;
  readonly workers: number;
  readonly work: Repeated;
}

function nodeServer(file: string, ...args: string[]): Server {
  const url = new URL(`.${file}${extname(import.meta.filename)}`, import.meta.url);
  return {
    ...eventLoop,
    name: file,
    command: () => ({ program: process.execPath, arguments: [fileURLToPath(url), ...args] }),
  };
}

/** What all are asked to compute, but for Go at the same demand. */
export const work: Repeated = { n: 27, times: 1 };

export const poolAsked = (workers: number): Contender => ({
  name: 'pool',
  server: pool,
  workers,
  work,
});

export const goAsked = (work: Repeated, workers: number): Contender => ({
  name: 'Go, same demand',
  server: goNetHttp,
  workers,
  work,
});

/** All of them, as many workers each as the pool has worker threads. Those without workers have one. */
export function allContenders(workers: number, workOfSameDemand: Repeated): readonly Contender[] {
  return [
    poolAsked(workers),
    { name: 'node:cluster', server: nodeServer('cluster-main'), workers, work },
    { name: 'piscina', server: nodeServer('piscina-main'), workers, work },
    { name: 'piscina tuned', server: nodeServer('piscina-main', 'tuned'), workers, work },
    { name: 'event-loop', server: eventLoop, workers: 1, work },
    { name: 'Express', server: express, workers: 1, work },
    { name: 'Go', server: goNetHttp, workers, work },
    goAsked(workOfSameDemand, workers),
  ];
}
