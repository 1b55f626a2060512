import type { PlannedServer, RunDocument } from '../document/run-document.ts';
import { trialsOf, valuesByBlock } from '../select.ts';
import { type Spread, spreadOf } from '../statistics/summary.ts';
import type { Outcome } from './judge.ts';

/**
 * How many requests a server had in flight under a workload that only waits, by Little's law. Not where thousands of
 * clients give up: their requests take turns too.
 */
export interface InFlight {
  readonly workload: string;
  readonly waitMs: number;
  readonly workers: number;
  /** Throughput × the wait of each request, over the blocks. */
  readonly requests: Spread;
}

/** Null for an unknown number of workers, and where no such workload was measured. */
export function inFlightOf(document: RunDocument, server: PlannedServer): InFlight | null {
  const waiting = document.plan.workloads.find(
    ({ classes, connections, servers }) =>
      connections === undefined &&
      classes.length === 1 &&
      (classes[0]?.waitMs ?? 0) > 0 &&
      servers.includes(server.name),
  );
  if (!waiting || server.workers === null) return null;
  const waitMs = waiting.classes[0]?.waitMs ?? 0;
  const trials = trialsOf(document, { server: server.name, workload: waiting.name });
  const requests = spreadOf(
    valuesByBlock(
      trials,
      'closed',
      ({ throughputPerSecond }) => (throughputPerSecond * waitMs) / 1000,
    ),
  );
  return requests && { workload: waiting.name, waitMs, workers: server.workers, requests };
}

/** Waits end a little late, never early: a larger excess over the number of workers is no measurement error. */
const tolerance = 1.02;
/** Below this share of the workers, the load kept too few of them busy. */
const busyShare = 0.8;

/** Whether a server had at most one request in flight per worker, and the load kept the workers busy. */
export function outcomeOfInFlight({ requests, workers }: InFlight): Outcome {
  const most = tolerance * workers;
  if (requests.low > most) return 'not supported';
  return requests.high <= most && requests.low >= busyShare * workers ? 'supported' : 'cannot tell';
}
