import { once } from 'node:events';
import { connect } from 'node:net';
import { systemErrorInWords } from '../../../servers/launch/diagnostics.ts';

const attempts = 5;
const connectWithinMs = 5000;

/**
 * The least time in which a server accepts a connection. Its kernel does that, without the server: it is one round trip
 * over the network.
 *
 * @throws Error if the server cannot be reached
 */
export async function measureServerRoundTrip(host: string, port: number): Promise<number> {
  let leastMs = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const startMs = performance.now();
    const socket = connect({
      host: host.replace(/^\[(.*)\]$/, '$1'),
      port,
      autoSelectFamily: false,
    });
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(connectWithinMs) });
      leastMs = Math.min(leastMs, performance.now() - startMs);
    } catch (error) {
      throw new Error(
        `it cannot reach the server at ${host}:${port} (${systemErrorInWords(error)})`,
        { cause: error },
      );
    } finally {
      socket.destroy();
    }
  }
  return leastMs;
}
