import type { RunGate } from './gate.ts';

/** With fewer, a closed loop leaves workers idle now and then: connections are not spread evenly over workers. */
export const connectionsPerWorker = 4;

/** Closed loops that do not keep every worker of a model or reference busy. */
export const fewConnections: RunGate = {
  code: 'few-connections',
  severity: 'note',
  check: 'generator',
  blame: 'instrument',
  raisedWhen: 'the closed loop has fewer than 4 connections per worker of a server',
  test: ({ plan: { connections, servers } }) => {
    const [most] = servers
      .flatMap(({ name, workers }) => (workers === null ? [] : [{ name, workers }]))
      .toSorted((a, b) => b.workers - a.workers);
    const enough = connectionsPerWorker * (most?.workers ?? 0);
    if (most === undefined || connections >= enough) return null;
    return {
      message: `${connections} connections are fewer than 4 per worker (${most.name} has ${most.workers} workers): some workers may have been idle, so throughput may be below capacity`,
      advice: `use at least ${enough} --connections`,
    };
  },
};
