import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';

/** V8 recompiles a function that was called 400 times (Maglev) and 3,000 times (Turbofan). */
const requests = 1_000;
const inFlight = 3;
const longestMs = 1_500;
const request = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

/**
 * Has a worker answer its own requests until its code is compiled. Each of k workers receives one request in k, and would
 * warm up k times more slowly than a model in one process: an effect of just-in-time compilers that the servers which
 * prefork models do not have.
 *
 * @param server answers as the worker will; closed afterwards
 */
export async function warmUpJit(server: Server): Promise<void> {
  server.listen({ port: 0, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const deadlineMs = performance.now() + longestMs;
  let left = requests;
  const client = async () => {
    while (left > 0 && performance.now() < deadlineMs) {
      left -= 1;
      await send(port);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  server.close();
}

/** Resolves when the connection is closed, answered or not: real requests will show a failure. */
function send(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(longestMs, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.resume().write(request);
  });
}
