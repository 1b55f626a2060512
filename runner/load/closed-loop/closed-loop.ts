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
export const closedLoop: LoadGenerator<ClosedLoad> = async (load, tell) => {
  if (load.connections > connectionsPossible())
    throw new Error(tooManyConnections(load.connections));
  const address = await addressOf(load.host, load.port);
  const startMs = performance.now() + load.warmupSeconds * 1000;
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
        const startAfterMs = ((connections.length + random()) / load.connections) * rampMs;
        const order = requestOrder(weights, random);
        connections.push(new AutocannonConnection(client, loop, order, startAfterMs));
      },
    },
    (error: unknown) => (error ? ended.reject(error) : ended.resolve()),
  );

  const endSweep = sweepExpired(() => {
    const nowMs = performance.now();
    for (const connection of connections) connection.expire(nowMs);
  });
  try {
    await followWindow(window, () => loop.tally.completed, tell);
    while (connections.some((connection) => connection.busy)) await sleep(5);
  } finally {
    endSweep();
    cannon.stop();
    await ended.promise;
  }
  return loop.tally.summarise();
};

/**
 * The time over which connections are opened: all at once would overflow accept queues, and connections that
 * start together stay in step when the server takes the same time for each request.
 */
function rampSeconds({ connections, warmupSeconds }: ClosedLoad): number {
  return Math.min(Math.max(0.1, connections / 2500), warmupSeconds / 2);
}
