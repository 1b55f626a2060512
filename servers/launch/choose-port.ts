import { createServer } from 'node:net';
import { cannotListen } from './launch-error.ts';

const loopback = '127.0.0.1';

/** A TCP port that was free a moment ago. */
export async function choosePort(host = loopback): Promise<number> {
  const port = await tryListening(host, 0);
  if (port === undefined) throw new Error(`no free port on ${host}`);
  return port;
}

/** Whether a server could listen there now. */
export async function portIsFree(host: string, port: number): Promise<boolean> {
  return (await tryListening(host, port)) !== undefined;
}

/**
 * Listens for a moment.
 * @returns the port, or undefined if it is taken
 * @throws LaunchError for another reason not to listen, such as a host that isn't this machine's
 */
function tryListening(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(cannotListen(host, port, error)),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
