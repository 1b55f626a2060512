import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { medianOf } from '../../results/statistics/summary.ts';
import { systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import { addressOf } from '../../servers/launch/ports.ts';
import { RunError } from '../errors.ts';

const connections = 11;
const connectWithinMs = 5_000;
const pauseMs = 5;

/** Accepts connections on any port of an address, and closes them. */
export async function openPort(host: string): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end();
  });
  server.listen({ host, port: 0 });
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/**
 * How long a connection takes, at the median: one round trip of the network.
 *
 * @throws RunError if there is none
 */
export async function measureRoundTripMs(host: string, port: number): Promise<number> {
  const timesMs: number[] = [];
  for (let connection = 0; connection < connections; connection++) {
    timesMs.push(await timeConnectionMs(host, port));
    await delay(pauseMs);
  }
  return medianOf(timesMs);
}

async function timeConnectionMs(host: string, port: number): Promise<number> {
  const beganMs = performance.now();
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectWithinMs) });
    return performance.now() - beganMs;
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'AbortError';
    const reason = isLate
      ? `no answer within ${connectWithinMs / 1000} s`
      : systemErrorInWords(error);
    throw new RunError(
      `this machine cannot connect to ${addressOf({ host, port })}, where servers would listen: ${reason}. Servers get free ports of that address: a firewall must let them through, or give another --server-address.`,
    );
  } finally {
    socket.destroy();
  }
}
