import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { seededRandom } from '../../../results/statistics/random.ts';
import { addressOf } from '../address.ts';
import { connectionsPossible, tooManyConnections } from '../connection-limit.ts';
import type { ClosedLoad, LoadGenerator } from '../load.ts';
import { requestMessages } from '../request-message.ts';
import { sweepExpired } from '../sweep.ts';
import { Tally } from '../tally.ts';
import { followWindow } from '../window.ts';
import { AutocannonConnection, type ClosedLoop } from './autocannon-connection.ts';
import { requestOrder } from './request-order.ts';

/** Long enough never to happen, short enough for a timer: we stop autocannon ourselves. */
const neverSeconds = 1_000_000;
/** How soon autocannon sees that it is to stop. */
const stopWithinMs = 50;

/** Sends each connection's next request when its last one has been answered, through autocannon. */
export const closedLoop: LoadGenerator<ClosedLoad> = async (load, emit) => {
  if (load.connections > connectionsPossible())
    throw new Error(tooManyConnections(load.connections));
  const address = await addressOf(load.host, load.port);
  const connectMs = load.connectFirst ? connectMsOf(load) : 0;
  const startMs = performance.now() + connectMs + load.warmupSeconds * 1000;
  const window = { startMs, endMs: startMs + load.windowSeconds * 1000 };
  const loop: ClosedLoop = {
    address,
    port: load.port,
    timeoutMs: load.timeoutSeconds * 1000,
    tally: new Tally(load, window, load.connections),
    messages: requestMessages(load),
    endMs: window.endMs,
  };

  const connections: AutocannonConnection[] = [];
  const weights = load.classes.map(({ weight }) => weight);
  const random = seededRandom(load.seed, 'closed loop');
  const rampMs = rampSeconds(load) * 1000;
  const ended = Promise.withResolvers<void>();
  const cannon = autocannon(
    {
      url: `http://${load.host}:${load.port}`,
      connections: load.connections,
      duration: neverSeconds,
      timeout: neverSeconds,
      sampleInt: stopWithinMs,
      setupClient: (client) => {
        const share = (connections.length + random()) / load.connections;
        const order = requestOrder(weights, random);
        const connection = new AutocannonConnection(
          client,
          loop,
          order,
          connectMs + share * rampMs,
        );
        if (load.connectFirst) connection.open();
        connections.push(connection);
      },
    },
    (error: unknown) => (error ? ended.reject(error) : ended.resolve()),
  );

  const endSweep = sweepExpired(() => {
    const nowMs = performance.now();
    for (const connection of connections) connection.expire(nowMs);
  });
  try {
    await followWindow(window, () => loop.tally.completed, emit);
    while (connections.some((connection) => connection.busy)) await sleep(5);
  } finally {
    endSweep();
    cannon.stop();
    await ended.promise;
  }
  return loop.tally.summarise();
};

/** Enough for an idle server to accept every connection. */
function connectMsOf({ connections }: ClosedLoad): number {
  return 50 + 0.1 * connections;
}

/**
 * The time over which connections begin: all at once would overflow accept queues, and connections that start
 * together stay in step when the server takes the same time for each request.
 */
function rampSeconds({ connections, warmupSeconds }: ClosedLoad): number {
  return Math.min(Math.max(0.1, connections / 2500), warmupSeconds / 2);
}
