import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';

/** V8 compiles a function anew when it has been called 400 times (Maglev) and 3,000 times (Turbofan). */
const turns = 1_000;
const atOnce = 3;
const longestMs = 1_500;
const request = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

/**
 * Has a worker answer itself until the compiler knows a turn. Of the requests to come, each of k workers sees a k-th,
 * and would get warm k times more slowly than a model in one process: a property of just-in-time compilers, and not of
 * prefork, whose originals have none.
 *
 * @param server answers as the worker will, and is closed afterwards
 */
export async function rehearse(server: Server): Promise<void> {
  server.listen({ port: 0, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const deadlineMs = performance.now() + longestMs;
  let turnsLeft = turns;
  const client = async () => {
    while (turnsLeft > 0 && performance.now() < deadlineMs) {
      turnsLeft -= 1;
      await askOnce(port);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  server.close();
}

/** Resolves when the connection is closed, with or without an answer: a failure will show in earnest. */
function askOnce(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(longestMs, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.resume().write(request);
  });
}
