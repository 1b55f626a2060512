import autocannon from 'autocannon';
import { type Random, seededRandom, shuffled } from '../../../results/statistics/random.ts';
import { sumOf } from '../../../results/statistics/summary.ts';
import { connectionsPossible, targetOf, tooManyConnections } from '../connections.ts';
import type { ClosedLoad, LoadGenerator } from '../load.ts';
import { RequestMessages } from '../request-messages.ts';
import { countInShare, isInShare, whole } from '../share.ts';
import { Tally } from '../tally.ts';
import { awaitStart, followWindow } from '../window.ts';
import { AutocannonConnection } from './autocannon-connection.ts';

/** Long enough never to happen, short enough for a timer: autocannon is stopped explicitly. */
const neverSeconds = 1_000_000;
/** How often autocannon checks whether it is to stop. */
const stopCheckMs = 50;

/** Sends the next request of each connection when its last one has been answered, through autocannon. */
export const closedLoop: LoadGenerator<ClosedLoad> = async (load, emit, agreeOnStart) => {
  const count = countInShare(load.connections, load.share ?? whole);
  if (count > connectionsPossible()) throw new Error(tooManyConnections(count));
  const target = await targetOf(load);
  const connectMs = load.connectFirst ? connectMsOf(load) : 0;
  const afterMs = firstSends(load);
  const startMs = (await awaitStart(agreeOnStart)) + connectMs + load.warmupSeconds * 1000;
  const window = { startMs, endMs: startMs + load.windowSeconds * 1000 };
  const tally = new Tally(load, window, count);
  const loop = {
    target,
    timeoutMs: load.timeoutSeconds * 1000,
    tally,
    messages: new RequestMessages(load),
    nextClass: requestOrder(
      load.classes.map(({ weight }) => weight),
      seededRandom(load.seed, `classes of share ${(load.share ?? whole).index}`),
    ),
    endMs: window.endMs,
  };

  const connections: AutocannonConnection[] = [];
  const ended = Promise.withResolvers<void>();
  const cannon = autocannon(
    {
      url: `http://${load.host}:${load.port}`,
      connections: count,
      duration: neverSeconds,
      timeout: neverSeconds,
      sampleInt: stopCheckMs,
      setupClient: (client) => {
        const startAfterMs = connectMs + (afterMs[connections.length] ?? 0);
        const connection = new AutocannonConnection(client, loop, startAfterMs);
        if (load.connectFirst) connection.open();
        connections.push(connection);
      },
    },
    (error: unknown) => (error ? ended.reject(error) : ended.resolve()),
  );
  const requests = {
    completed: () => tally.completed,
    unfinished: () => connections.filter(({ busy }) => busy).length,
    checkTimeouts: () => {
      const nowMs = performance.now();
      for (const connection of connections) connection.checkTimeout(nowMs);
    },
  };
  try {
    await followWindow(window, requests, emit);
  } finally {
    cannon.stop();
    await ended.promise;
  }
  return tally.summarise();
};

/**
 * When each connection of a load's share sends its first request, in ms from the start: those that one generator would have
 * under the same numbers.
 */
export function firstSends(load: ClosedLoad): number[] {
  const random = seededRandom(load.seed, 'closed loop');
  const rampMs = rampSeconds(load) * 1000;
  return Array.from(
    { length: load.connections },
    (_, number) => ((number + random()) / load.connections) * rampMs,
  ).filter((_, number) => isInShare(number, load.share ?? whole));
}

/** Enough for an idle server to accept every connection, and to sign once for each. */
function connectMsOf({ connections, tls }: ClosedLoad): number {
  return 50 + (tls ? 2 : 0.1) * connections;
}

/**
 * The time over which connections send their first requests: all at once would overflow accept queues, and connections
 * that start together stay in step when the server takes the same time for each request.
 */
function rampSeconds({ connections, warmupSeconds }: ClosedLoad): number {
  return Math.min(Math.max(0.1, connections / 2500), warmupSeconds / 2);
}

const maxCycle = 1000;

/**
 * The classes of requests, one after the other without end: in each cycle every class as often as its weight says, in random
 * order. All connections take from one order: where each had its own, half a second of `mixed` had 14 to 21 heavy
 * requests, and its throughput varied with them.
 *
 * @returns gives the next index into `weights`
 */
export function requestOrder(weights: readonly number[], random: Random): () => number {
  const total = sumOf(weights);
  const whole = weights.every(Number.isInteger) && total <= maxCycle;
  const length = whole ? total : maxCycle;
  const cycle = weights.flatMap((weight, index) => {
    const times = Math.max(1, Math.round((length * weight) / total));
    return Array.from({ length: times }, () => index);
  });
  let left: number[] = [];
  return () => {
    if (left.length === 0) left = shuffled(cycle, random);
    return left.pop() ?? 0;
  };
}
